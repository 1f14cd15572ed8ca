import type { Candidate } from './candidate.ts';
import type { FoldedText } from './folded-text.ts';
import { isProductName, judgeHost } from './known-hosts.ts';
import { weighTopLevelDomain } from './top-level-domains.ts';

const LINK =
  /(?<![a-z0-9@._-])((?:h(?:tt|xx)ps?|ftp):\/{1,2}\s{0,2}|www\.)?((?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,24})(?![a-z0-9@-])(?::\d{2,5})?([/?#][^\s<>"')\]]{0,300})?/gu;
const SCHEMES =
  /(?<![a-z0-9])(?:(mailto):[^\s<>"]{3,120}|(tel|sms|callto|facetime):[+\d][\d\s().-]{5,24}|(skype|tg|whatsapp|viber|weixin|line|signal|sgnl):(?:\/\/)?[^\s<>"]{3,120}|(zoommtg|msteams|zoomus):[^\s<>"]{3,200}|(upi|bitcoin|ethereum|paypal):(?:\/\/)?[^\s<>"]{6,200})/gu;
const SITE_CUE =
  /(?:website|web ?site|site|portfolio|visit|link|url|homepage|blog|go to|check out|see|browse|google|shop|store|pagina|sitio|visita|visite|acesse|entra|entre|besuch\p{L}{0,3}|webseite|seite|unter|voir|allez sur|वेबसाइट|dekho|dekhiye|on|at|is|en|em|sur|auf|me|es|est|ist|:|@)\s{0,2}:?\s{0,2}(?:https?:\/\/)?$/u;
const CODE = new Set(
  'this self req res request response user data config window document props state app process obj object ctx event e err error item row node el module exports import console math json array string package index main test app lib src file readme license changelog'.split(
    ' ',
  ),
);

/**
 * Links with a scheme, "www." or a bare host name, told apart by host: calls, messengers, payment and any other site. A bare name counts
 * by its ending (see `weighTopLevelDomain`). `original` is read only to see upper case: "Thanks.It works" is two sentences.
 */
export function findLinks(folded: FoldedText, original: string): Candidate[] {
  const { text } = folded;
  const found = findSchemes(text);
  for (const match of text.matchAll(LINK)) {
    const [span, prefix = '', name = '', path = ''] = match;
    const start = match.index;
    const host = shortenToKnownEnding(name) ?? (prefix !== '' && !INTERNAL.test(name) ? name : undefined);
    if (host === undefined) continue;
    const shortened = host.length < name.length;
    const end = start + (shortened ? prefix.length + host.length : span.replace(/[.,;:!?]+$/u, '').length);
    const realPath = shortened ? '' : path;
    const judged = judgeHost(host, realPath);
    if (judged === 'safe') continue;
    const explicit = prefix !== '' || (realPath.length > 1 && realPath[0] === '/');
    const confidence = explicit
      ? 'high'
      : judged !== undefined && judged !== 'link'
        ? confidenceOfKnown(host)
        : weighBareHost(folded, original, start, end, host);
    if (confidence === undefined) continue;
    found.push({
      category: judged ?? 'link',
      confidence,
      start,
      end,
      rule: explicit ? `${judged ?? 'link'}.url` : `${judged ?? 'link'}.host`,
    });
  }
  return found;
}

function findSchemes(text: string): Candidate[] {
  return Array.from(text.matchAll(SCHEMES), ({ index, 0: span, 1: mail, 2: phone, 3: messenger, 4: call }) => {
    const category = mail ? 'email' : phone ? 'phone' : messenger ? 'handle' : call ? 'videoCall' : 'payment';
    return { category, confidence: 'high', start: index, end: index + span.length, rule: `${category}.scheme` };
  });
}

/** Hosts inside a network, which nobody outside can open. */
const INTERNAL = /\.(?:local|localhost|internal|lan|corp|intranet|home|svc|cluster)$/u;

/** Source files with a second ending: "cart.test.ts". Those that are also a country's are weighed with the host names. */
const FILE_ENDING =
  /\.(?:ts|tsx|js|jsx|mjs|cjs|json|ya?ml|css|scss|html?|java|go|php|rb|cpp|hpp|swift|kt|sql|csv|txt|pdf|docx?|xlsx?|pptx?|png|jpe?g|svg|gif|mp[34]|tar|gz|lock|log|conf|ini|toml|xml|exe|dll|env)$/u;

/** Labels after the last known ending belong to the sentence: "mysite.com.thanks". */
function shortenToKnownEnding(name: string): string | undefined {
  const labels = name.split('.');
  if (FILE_ENDING.test(name)) return undefined;
  for (let count = labels.length; count >= 2; count -= 1) {
    if (weighTopLevelDomain(labels[count - 1] ?? '') !== undefined && weighTopLevelDomain(labels[count - 2] ?? '') !== 'strong')
      return labels.slice(0, count).join('.');
    if (weighTopLevelDomain(labels[count - 1] ?? '') !== undefined && /^[a-z]{2}$/u.test(labels[count - 1] ?? ''))
      return labels.slice(0, count).join('.');
  }
  return undefined;
}

function confidenceOfKnown(host: string): Candidate['confidence'] | undefined {
  return isProductName(host) ? undefined : 'medium';
}

function weighBareHost(
  folded: FoldedText,
  original: string,
  start: number,
  end: number,
  host: string,
): Candidate['confidence'] | undefined {
  const { text } = folded;
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  const first = labels[0] ?? '';
  const written = original.slice(folded.starts[start] ?? 0, folded.ends[end - 1] ?? 0);
  if (isProductName(host) || text[end] === '(' || first.length < 2) return undefined;
  if (/[a-z]\.[A-Z][a-z]/u.test(written) || /^\d+$/u.test(labels.at(-2) ?? '')) return undefined;
  const weight = weighTopLevelDomain(last);
  if (CODE.has(first) && weight !== 'strong') return undefined;
  if (weight === 'strong') return CODE.has(first) && last !== 'com' ? 'low' : 'medium';
  const cued = SITE_CUE.test(text.slice(Math.max(0, start - 30), start));
  if (weight === 'soft') return cued || /^(?:\s{0,2}$|[.,;!?)]|\n)/u.test(text.slice(end, end + 3)) || labels.length > 2 ? 'medium' : 'low';
  return cued && /^[a-z]{2}$/u.test(last) && !/^(?:py|sh|rs|md|cs|cc|ps)$/u.test(last) && first.length >= 5 ? 'medium' : 'low';
}
