import type { Candidate } from './candidate.ts';
import { weighTopLevelDomain } from './top-level-domains.ts';

/** RFC 5321: at most 64 characters before the sign, 255 after. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

/** Addresses written out: `name@host.tld` with a known ending, and `name@gmail` where only the ending was left out. */
export function findEmails(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (text[at + 1] === '@') continue;
    const signs = text[at - 1] === '@' ? 2 : 1;
    const before = at - signs + 1;
    LOCAL.lastIndex = before;
    const local = LOCAL.exec(text)?.[1]?.replace(/^[.'%-]+/u, '') ?? '';
    if (local === '') continue;
    const domain = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*/u.exec(text.slice(at + 1, at + 1 + MAX_DOMAIN))?.[0] ?? '';
    const host = trimToKnownEnding(domain);
    if (host !== undefined) {
      found.push({ category: 'email', confidence: 'high', start: before - local.length, end: at + 1 + host.length, rule: 'email.address' });
    } else if (isMailProvider(domain)) {
      found.push({
        category: 'email',
        confidence: 'medium',
        start: before - local.length,
        end: at + 1 + domain.length,
        rule: 'email.provider',
      });
    }
  }
  return found;
}

// Read backwards from the sign: forwards every character before it would be a beginning to try.
const LOCAL = new RegExp(String.raw`(?<=([\p{L}\p{M}\d._%+'-]{1,${MAX_LOCAL}}))@`, 'uy');

/** True for the first label of a mailbox provider's domain: "gmail". */
export function isMailProvider(label: string): boolean {
  return PROVIDERS.has(label);
}

const PROVIDERS = new Set(
  'gmail gmial gmai googlemail hotmail outlook yahoo ymail icloud protonmail proton rediffmail gmx aol zohomail yandex mailru uol bol terra orange laposte hotmai yahoomail'.split(
    ' ',
  ),
);

/** `me@mail.example.com.thanks` ends at `.com`: labels after the last known ending belong to the sentence. */
function trimToKnownEnding(domain: string): string | undefined {
  const labels = domain.split('.');
  for (let count = labels.length; count >= 2; count -= 1) {
    const last = labels[count - 1] ?? '';
    if (weighTopLevelDomain(last) !== undefined && (labels[count - 2] ?? '') !== '') return labels.slice(0, count).join('.');
  }
  return undefined;
}
