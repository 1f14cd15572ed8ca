import type { Candidate } from './candidate.ts';
import { isMailProvider } from './find-emails.ts';
import { isProductName, judgeHost } from './known-hosts.ts';
import { SPOKEN_AT, SPOKEN_DOT } from './spoken-text.ts';
import { weighTopLevelDomain } from './top-level-domains.ts';

const MAX_LOCAL = 80;
const MAX_DOMAIN = 120;
const MAIL_CUE =
  /(?:e-?mail|mail|correo|courriel|gmail|inbox|write|escri\p{L}{1,8}|reach|contact\p{L}{0,6}|kontakt|schreib\p{L}{0,3}|ecri\p{L}{1,5}|मेल|ईमेल|bhej\p{L}{0,3}|address)[^\n]{0,50}$/u;

/**
 * E-mail addresses and sites in a text whose signs were words. A bare "at" is an address only with a mailbox provider, a name no sentence
 * has (digits, dots) or a mail cue before it: "look at example dot com" is a site. Known endings only.
 */
export function findSpokenAddresses(text: string): Candidate[] {
  return [...findAddresses(text), ...findSites(text)];
}

function findAddresses(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const { index: at, 0: sign } of text.matchAll(/[@\ue000]/gu)) {
    LOCAL.lastIndex = at;
    const local = LOCAL.exec(text)?.[1] ?? '';
    if (local === '') continue;
    const after = text.slice(at + 1, at + 1 + MAX_DOMAIN);
    const domain = DOMAIN.exec(after)?.[0] ?? '';
    const labels = domain.replaceAll(SPOKEN_DOT, '.').split('.');
    const known = labels.length > 1 && weighTopLevelDomain(labels.at(-1) ?? '') !== undefined;
    const provider = isMailProvider(labels[0] ?? '') || isMailProvider(labels.at(-2) ?? '');
    if (!known && !provider) continue;
    const spoken = sign === SPOKEN_AT || domain.includes(SPOKEN_DOT) || local.includes(SPOKEN_DOT);
    const name = local.split(SPOKEN_DOT).at(-1) ?? '';
    if (sign === SPOKEN_AT && ((COMMON.has(name) && !local.includes(SPOKEN_DOT)) || /^\d+$/u.test(local))) continue;
    const nameLike = /[\d_]|[^.]\.[^.]/u.test(local) || local.includes(SPOKEN_DOT);
    const counts = (known ? sign === '@' || (provider && /[.\ue001]/u.test(domain)) : sign === '@') || nameLike;
    if (!counts && (COMMON.has(name) || !MAIL_CUE.test(text.slice(Math.max(0, at - local.length - 60), at - local.length)))) continue;
    const end = at + 1 + (known ? domain.length : (labels[0] ?? '').length);
    found.push({
      category: 'email',
      confidence: known && (sign === '@' || provider) ? 'high' : 'medium',
      start: at - local.length,
      end,
      rule: spoken ? 'email.spoken' : 'email.spaced',
    });
  }
  return found;
}

const LOCAL = new RegExp(String.raw`(?<=([\p{L}\p{M}\d][\p{L}\p{M}\d._%+\ue001-]{0,${MAX_LOCAL - 1}}))[@\ue000]`, 'uy');
const DOMAIN = /^[a-z0-9][a-z0-9-]{0,62}(?:[.\ue001][a-z][a-z0-9-]{1,62}){0,4}/u;

/** "mysite dot com": only endings nobody says otherwise; "t dot me slash name": hosts that are a messenger, a call or a payment. */
function findSites(text: string): Candidate[] {
  return Array.from(text.matchAll(SITE)).flatMap(({ index, 0: span, 1: label = '', 2: ending = '', 3: path = '' }): Candidate[] => {
    const host = `${label}${ending.replaceAll(SPOKEN_DOT, '.')}`;
    const judged = judgeHost(host, path);
    const known = path !== '' && judged !== undefined && judged !== 'safe';
    if (
      !known &&
      (label.length < 3 || COMMON.has(label) || isProductName(host) || !/^\.(?:com|org|io)(?:\.|$)/u.test(host.slice(label.length)))
    )
      return [];
    const category = known ? judged : 'link';
    return [{ category, confidence: 'medium', start: index, end: index + span.length, rule: `${category}.spoken` }];
  });
}

const SITE =
  /(?<![\p{L}\p{M}\d.@\ue000\ue001-])([a-z0-9][a-z0-9-]{0,40})((?:\ue001[a-z]{2,4}){1,2})(?![\p{L}\d])(\/[a-z0-9@+_./-]{2,60})?/gu;

/** Words that stand before "at" or "dot com" in a sentence and are nobody's mailbox. */
const COMMON = new Set(
  `me us him her them it you i we am is are was be look looking available free meet meeting call start starting starts begin ends end work works working worked arrive
  stay here there live based good great best not only just again now today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday mail email
  contact reach find write account and or the a an this that first early late back all out sign signed login developer engineer manager designer director cto ceo
  intern team job role years experience employee consultant lead apps site website shop store hosted hosting register registered server inbox message messages mails address
  then so do done join joined talk chat people folks friends old new big whole entire famous some every each my your our their correo send bin trabajo ich wir bei punto vue`.split(
    /\s+/u,
  ),
);
