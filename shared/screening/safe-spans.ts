import { isIban, isIsbn } from './check-digits.ts';
import { rewriteText, type Edit, type FoldedText } from './folded-text.ts';
import { judgeHost } from './known-hosts.ts';

/** What stands in for a masked character: no word character, no sign of an address. */
export const MASK = '\u0001';

export interface SafeSpanOptions {
  readonly allowedDomains?: readonly string[];
  readonly allowedUrls?: readonly string[];
}

/**
 * Blanks what may look like a contact detail and is none: the platform's own links and addresses, certificates and documentation,
 * money, dates, times, versions, addresses of machines, hashes, ISBN and IBAN with right check digits. Lengths are kept.
 */
export function maskSafeSpans(folded: FoldedText, options: SafeSpanOptions): FoldedText {
  let text = folded.text;
  for (const url of options.allowedUrls ?? []) text = maskOwnUrl(text, url.toLowerCase());
  text = text.replace(LINK, (link: string, host: string, path: string | undefined) => maskLink(link, host, path ?? '', options));
  text = text.replace(ADDRESS, (whole: string, host: string) => (isAllowed(host, options) ? blank(whole) : whole));
  text = text.replace(IBAN, (span: string) => (isIban(span.trim()) ? blank(span) : span));
  text = text.replace(ISBN, (span: string) => (isIsbn(span) ? blank(span) : span));
  for (const pattern of SAFE) text = text.replace(pattern, blank);
  return { ...folded, text };
}

/** The same text without what stands between backticks: weak detectors do not read code. */
export function maskCode(folded: FoldedText): FoldedText {
  const edits: Edit[] = Array.from(folded.text.matchAll(/```[^`]{1,4000}```|`[^`\n]{1,200}`/gu), ({ index, 0: span }) => ({
    from: index,
    to: index + span.length,
    by: blank(span),
  }));
  return edits.length === 0 ? folded : { ...folded, text: rewriteText(folded, edits).text };
}

function blank(span: string): string {
  return MASK.repeat(span.length);
}

/** A join URL of our own is masked only where it ends there: `URL.evil.com` is another site. */
function maskOwnUrl(text: string, url: string): string {
  if (url.length < 8) return text;
  let masked = text;
  for (let at = masked.indexOf(url); at !== -1; at = masked.indexOf(url, at + url.length)) {
    const next = masked[at + url.length] ?? ' ';
    if (/[\s)\]}>"',;!?#.]/u.test(next) && !/^\.\w/u.test(masked.slice(at + url.length, at + url.length + 2))) {
      masked = masked.slice(0, at) + blank(url) + masked.slice(at + url.length);
    }
  }
  return masked;
}

const LINK =
  /(?<![a-z0-9@._-])(?:(?:https?|ftp):\/\/)?((?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,24})(?![a-z0-9@-])(?::\d{2,5})?([/?#][^\s<>"]{0,300})?/gu;
const ADDRESS = /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@((?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,24})(?![a-z0-9-]|\.[a-z0-9])/gu;

/** An allowed host is masked with its path, unless the path carries an address or a number to dial. */
function maskLink(link: string, host: string, path: string, options: SafeSpanOptions): string {
  const allowed = isAllowed(host, options) || (judgeHost(host, path) === 'safe' && !/@|https?:|\bwa\.me|\bt\.me/u.test(path));
  if (!allowed) return link;
  const carries =
    /@|\+\d|%2b\d|%40|https?(?::|%3a)|wa\.me|t\.me|\d{9}/u.test(path) && !/^\/[^?]*\b(?:certif|verify|badge|orders?|jobs?)/u.test(path);
  return carries ? blank(link.slice(0, link.length - path.length)) + path : blank(link);
}

function isAllowed(host: string, options: SafeSpanOptions): boolean {
  return (options.allowedDomains ?? []).some((allowed) => {
    const domain = allowed.toLowerCase().replace(/^\*\./u, '');
    return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
  });
}

const IBAN = /(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])/gu;
const ISBN =
  /(?<![\d+-])97[89](?:[ -]?\d){10}(?![\d-])|(?<=\bisbn(?:-10)?:?\s{0,2})\d(?:[ -]?\d){8}[ -]?[\dx](?!\d)|(?<![\d+-])\d{1,5}-\d{1,7}-\d{1,6}-[\dx](?![\d-])/gu;

const SAFE: readonly RegExp[] = [
  // git remotes and package scopes
  /(?<![a-z0-9])git@[a-z0-9.-]{3,60}:[^\s]{1,120}/gu,
  // instants, dates, times (ISO 8601 and everyday), zones
  /(?<![\d+])(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?:[t ]\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,9})?)?\s?(?:z|[+-]\d{2}:?\d{2})?)?(?!\d)/gu,
  /(?<![\d+])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:t\d{4,6}z?)?(?![\d]|[ .-]\d)/gu,
  /(?<![\d+]|\d[./-])(?:19|20)\d\d[./](?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12]\d|3[01])(?!\d|[./-]\d)/gu,
  /(?<!\d|[\d+][./-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1(?:(?:19|20)\d\d|\d\d)(?!\d|[./-]\d)/gu,
  /(?<![\d:])(?:[01]?\d|2[0-3])[:h](?:[0-5]\d)?(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?|\s?uhr\b|\s?h\b)?(?![\d:])/gu,
  /(?<![\d.])(?:[01]?\d|2[0-3])\.[0-5]\d\s?(?:-|to|bis|a|as|until)\s?(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.]|[ -]\d)/gu,
  /(?<![\d.])(?:[01]?\d|2[0-3])(?:\.[0-5]\d)?\s?(?:[ap]\.?m\b\.?|uhr\b)/gu,
  /(?<![a-z])(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)/gu,
  /(?<![\d+])(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d]|[ .-]\d)/gu,
  // money
  /(?:[$€£₹¥]|(?<![a-z])(?:usd|eur|gbp|inr|brl|mxn|cad|aud|chf|rs\.?|us\$|r\$))\s?(?:\d{1,3}(?:[., ']\d{2,3}){1,4}|\d{1,7})(?:[.,]\d{1,2})?(?![\d]|[ .-]\d{3})/gu,
  /(?<![\d+.-])(?:\d{1,3}(?:[., ']\d{2,3}){1,4}|\d{1,7})(?:[.,]\d{1,2})?\s?(?:[$€£₹¥%]|(?:usd|eur|gbp|inr|brl|mxn|dollars?|euros?|pounds?|rupees?|rupias|reais|pesos|lakhs?)\b)/gu,
  // versions, machines, coordinates, decimals
  /(?<![a-z0-9])(?:v|version|release|ver\.?|@|\^|~)\s?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+][a-z0-9.]{1,30})?/gu,
  /(?<![\d.+])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:[:/]\d{1,5})?(?![\d]|[.-]\d)/gu,
  /(?<![a-z0-9])(?:https?:\/\/)?localhost(?::\d{2,5})?(?:\/[^\s]{0,200})?/gu,
  /(?<![\w.])-?\d{1,3}\.\d{3,9}\s?°?[ns]?\s?,\s?-?\d{1,3}\.\d{3,9}(?!\d)/gu,
  /(?<![\d+.)-]|\d )\d{1,3}\.\d{4,9}(?!\d|[ .-]\d)/gu,
  // identifiers: UUID, hex with both digits and letters
  /(?<![a-z0-9])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![a-z0-9])/gu,
  /(?<![a-z0-9])0x[0-9a-f]{1,38}(?![a-z0-9])/gu,
];
