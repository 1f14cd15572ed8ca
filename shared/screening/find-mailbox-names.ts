import type { Candidate } from './candidate.ts';

const PROVIDER = '(?:gmail|hotmail|yahoo|ymail|protonmail|outlook|icloud|gmx)';
/** A name no sentence has: a digit, a dot or an underscore behind letters. Products and files ("office365", "login.html") have short or known ends. */
const NAME = String.raw`(?=[a-z._-]{0,30}[a-z]{3})(?:[a-z][a-z._-]{3,30}\d{1,6}[a-z]{0,3}|[a-z]{3,20}_[a-z\d_]{1,20}|[a-z]{3,20}\.[a-z]{4,20})`;
const END = String.raw`(?![\p{L}\p{M}\d@_.-]*[\p{L}\p{M}\d@_-])`;

const PATTERNS: readonly RegExp[] = [
  // "my gmail is anna92", "gmail: anna92", "gmail id anna92"
  new RegExp(
    String.raw`(?:(?<=\b(?:my|mi|meu|mon|mein|meine|mera)\s)${PROVIDER}(?:\s(?:is|es|e|est|ist|hai|id|address|account|name))?\s?[:=-]?\s|(?<![\p{L}\d])${PROVIDER}(?:\s(?:id|name|handle|user(?:name)?)|\s?[:=])\s?[:=-]?\s?)(${NAME})${END}`,
    'gu',
  ),
  // "anna.kovacs (gmail)", and nothing but "anna92 gmail"
  new RegExp(String.raw`(?<![\p{L}\d@/._-])(${NAME})\s?[([]\s?(?:on |at |at: )?${PROVIDER}\s?[)\]]`, 'gu'),
  new RegExp(String.raw`^\s{0,3}(${NAME})\s{1,2}${PROVIDER}\s{0,3}$`, 'gmu'),
];
const PRODUCT =
  /^(?:office|windows|exchange|version|phase|step|level|week|report|sprint)|\.(?:html?|com|json|conf|config|yaml|java|xlsx|docx|jpeg)$|^(?:smtp|imap|oauth|server|inbox|client|users?)[_.]?/u;

/** Mailboxes named by their two halves apart: the provider and a name shaped like one ("my gmail is anna92"). */
export function findMailboxNames(text: string): Candidate[] {
  return PATTERNS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern))
      .filter(({ 1: name = '' }) => !PRODUCT.test(name))
      .map(({ index, 0: span }): Candidate => ({
        category: 'email',
        confidence: 'medium',
        start: index,
        end: index + span.length,
        rule: 'email.named',
      })),
  );
}
