import type { Finding } from '../contract/screen.ts';
import type { Candidate } from './candidate.ts';
import { findEmails } from './find-emails.ts';
import { findHandles } from './find-handles.ts';
import { findMailboxNames } from './find-mailbox-names.ts';
import { findInvitations } from './find-invitations.ts';
import { findLinks } from './find-links.ts';
import { findPayments } from './find-payments.ts';
import { findPhones, type IsPhone } from './find-phones.ts';
import { findSpelledPhones } from './find-spelled-numbers.ts';
import { findSpokenAddresses } from './find-spoken-addresses.ts';
import { findVideoCalls } from './find-video-calls.ts';
import { foldText, type FoldedText } from './folded-text.ts';
import { maskCode, maskSafeSpans, type SafeSpanOptions } from './safe-spans.ts';
import { hearSpokenSigns } from './spoken-text.ts';

/** Longer texts are refused by the contract; what is past this many UTF-16 units is not read. */
export const MAX_SCREENED_LENGTH = 20_000;

export interface ScreenOptions extends SafeSpanOptions {
  /** Says whether a written number can be dialled. Without it the grouping and the cues decide. */
  readonly isPhone?: IsPhone;
}

/**
 * Finds contact details in a text. Findings come in the order of the text, do not overlap within one category, and `start`/`end` are UTF-16
 * offsets into `text` as given (end exclusive). Never throws; an empty text has none. Hosts in `allowedDomains` (with their subdomains)
 * and the very links in `allowedUrls` (a query may follow) are the platform's own and never found.
 */
export function screenText(text: string, options: ScreenOptions = {}): Finding[] {
  const folded = foldText(text.slice(0, MAX_SCREENED_LENGTH));
  const masked = maskSafeSpans(folded, options);
  const prose = maskCode(masked);
  const spoken = hearSpokenSigns(masked);
  const seen = [
    ...inOriginal(masked, findPayments(masked.text, folded.text)),
    ...inOriginal(masked, findEmails(masked.text)),
    ...inOriginal(prose, findMailboxNames(prose.text)),
    ...inOriginal(prose, findLinks(prose, text)),
    ...inOriginal(masked, findVideoCalls(masked.text)),
    ...inOriginal(masked, findPhones(masked.text, options.isPhone)).map((finding) => raiseDisguised(finding, text)),
    ...inOriginal(masked, findSpelledPhones(masked.text)),
    ...inOriginal(spoken, findSpokenAddresses(spoken.text)),
    ...inOriginal(prose, findHandles(prose.text)),
    ...inOriginal(masked, findInvitations(masked.text)),
  ];
  return settleOverlaps(seen);
}

function inOriginal(folded: FoldedText, candidates: readonly Candidate[]): Finding[] {
  return candidates.map((candidate) => ({
    ...candidate,
    start: folded.starts[candidate.start] ?? 0,
    end: folded.ends[candidate.end - 1] ?? 0,
  }));
}

/** Digits drawn in boxes, rings or another alphabet's letters hide; nobody writes a date or an amount that way. */
const DISGUISED = /[\u20e3\u2460-\u2473\u24ea\u2776-\u2793\u{1d7ce}-\u{1d7ff}]/u;

function raiseDisguised(finding: Finding, text: string): Finding {
  const isRaised = finding.confidence === 'low' && DISGUISED.test(text.slice(finding.start, finding.end));
  return isRaised ? { ...finding, confidence: 'medium', rule: 'phone.disguised' } : finding;
}

const WEIGHT = { high: 3, medium: 2, low: 1 } as const;
/** Of two equally sure findings over the same words the earlier category names the whole: the number in "meeting id" is a call. */
const RANK: readonly Finding['category'][] = ['payment', 'email', 'videoCall', 'handle', 'link', 'phone', 'invitation'];

/** Where findings overlap the surer one stays, then the one whose category names the whole, then the longer. Invitations stand beside others. */
function settleOverlaps(findings: readonly Finding[]): Finding[] {
  const byWorth = findings
    .filter(({ start, end }) => end > start)
    .toSorted(
      (a, b) =>
        WEIGHT[b.confidence] - WEIGHT[a.confidence] ||
        RANK.indexOf(a.category) - RANK.indexOf(b.category) ||
        b.end - b.start - (a.end - a.start),
    );
  const details: Finding[] = [];
  const invitations: Finding[] = [];
  for (const finding of byWorth) {
    const kept = finding.category === 'invitation' ? invitations : details;
    const at = firstAtOrAfter(kept, finding.start);
    if ((kept[at - 1]?.end ?? 0) <= finding.start && (kept[at]?.start ?? Infinity) >= finding.end) kept.splice(at, 0, finding);
  }
  return [...details, ...invitations].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function firstAtOrAfter(kept: readonly Finding[], start: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
