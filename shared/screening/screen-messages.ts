import type { Finding } from '../contract/screen.ts';
import { screenText, type ScreenOptions } from './screen-text.ts';

/** The contract's most messages in one request; only the last ones count when more are given. */
export const MAX_WINDOW_MESSAGES = 20;
/** What one joined window may hold, in UTF-16 units: pieces of a split detail are short. */
const MAX_PIECE_LENGTH = 200;

/** A finding in one message of a window: `message` is its index in the list given, `start`/`end` count in that message. */
export type MessageFinding = Finding & { readonly message: number };

/**
 * Screens the last messages of one author in their order: each by itself, then short neighbours joined, so that a number or an address sent in
 * pieces is found. A split detail is reported once in every message it touches, its rule ending in `.split`. Across messages a telephone
 * number needs a cue anywhere in the window or pieces that are digits alone and no round figures: "500", "600" is haggling.
 */
export function screenMessages(messages: readonly string[], options: ScreenOptions = {}): MessageFinding[] {
  const first = Math.max(0, messages.length - MAX_WINDOW_MESSAGES);
  const window = messages.slice(first);
  const alone = window.flatMap((text, index) => screenText(text, options).map((finding) => ({ ...finding, message: first + index })));
  const split = runsOfPieces(window).flatMap((run) =>
    screenRun(run, window, options).map((finding) => ({ ...finding, message: finding.message + first })),
  );
  const fresh = split.filter(
    (found) => !alone.some((known) => known.category === found.category && known.confidence !== 'low' && overlaps(known, found)),
  );
  const kept = alone.filter((known) => known.category === 'invitation' || !fresh.some((found) => overlaps(known, found)));
  return [...kept, ...fresh].toSorted((a, b) => a.message - b.message || a.start - b.start);
}

function overlaps(left: MessageFinding, right: MessageFinding): boolean {
  return left.message === right.message && left.start < right.end && right.start < left.end;
}

interface Run {
  readonly first: number;
  readonly texts: readonly string[];
}

/** Neighbouring short messages: a long one in between ends a run, since nobody splits a number around a paragraph. */
function runsOfPieces(window: readonly string[]): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < window.length;) {
    let end = at;
    while (end < window.length && (window[end]?.length ?? 0) <= MAX_PIECE_LENGTH) end += 1;
    if (end - at > 1) runs.push({ first: at, texts: window.slice(at, end) });
    at = end + 1;
  }
  return runs;
}

/** What is found in the messages of a run joined by spaces and touches more than one of them. */
function screenRun({ first, texts }: Run, window: readonly string[], options: ScreenOptions): MessageFinding[] {
  const offsets: number[] = [];
  let joined = '';
  for (const text of texts) {
    offsets.push(joined.length);
    joined += `${text} `;
  }
  return screenText(joined, options)
    .filter(({ category, confidence }) => category !== 'invitation' && (confidence !== 'low' || category === 'phone'))
    .flatMap((finding) => {
      const parts = offsets.flatMap((offset, index) => {
        const start = Math.max(finding.start, offset) - offset;
        const end = Math.min(finding.end, offset + (texts[index]?.length ?? 0)) - offset;
        return end > start ? [{ ...finding, start, end, message: first + index, rule: `${finding.rule}.split` }] : [];
      });
      if (parts.length < 2) return [];
      if (finding.category !== 'phone') return parts;
      const pieces = parts.map(({ message, start, end }) => ({
        whole: window[message] ?? '',
        piece: (window[message] ?? '').slice(start, end),
      }));
      const counts = isSplitNumber(pieces, finding.confidence !== 'low' && finding.rule !== 'phone.national');
      return counts ? parts.map((part) => ({ ...part, confidence: 'medium' as const })) : [];
    });
}

function isSplitNumber(pieces: readonly { whole: string; piece: string }[], isCued: boolean): boolean {
  const bare = pieces.filter(({ whole, piece }) => whole.trim() === piece.trim());
  const figures = pieces.map(({ piece }) => piece.replace(/\D/gu, ''));
  const isRound = (figure: string): boolean => /^(?:\d{1,2}|\d{1,4}0|(?:19|20)\d\d)$/u.test(figure);
  if (isCued) return bare.length > 0 || pieces.every(({ whole }) => whole.length <= 60);
  return (
    bare.length === pieces.length &&
    figures.some((figure) => figure.length >= 4) &&
    figures.filter((figure) => !isRound(figure)).length >= 2
  );
}
