import { CONFUSABLE_LETTERS, CONFUSABLE_SIGNS, PHONE_PICTURES } from './confusables.ts';

/**
 * A text in the one plain form all detectors read, with the way back. `starts[i]` and `ends[i]` are the UTF-16 offsets
 * in the original of what became `text[i]`; both never fall as `i` grows.
 */
export interface FoldedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Replace `[from, to)` of a folded text by `by`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** A code point that would grow by more stays as it is: U+FDFA alone is 18 characters in NFKC, and a text of them would cost 18 times as much. */
const MAX_GROWTH = 4;

/**
 * Folds a text: NFKC, lower case, accents off Latin letters, look-alikes to Latin, digits of every script to ASCII, and
 * invisible characters (zero-width, bidi, variation selectors, tags, private use) away. A lone surrogate stays as it is.
 */
export function foldText(original: string): FoldedText {
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const seen = new Map<string, string>();
  for (let at = 0; at < original.length;) {
    const code = original.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const piece = code < 0x80 ? foldAscii(code) : foldRemembered(original.slice(at, at + width), code, seen);
    pieces.push(piece);
    for (let index = 0; index < piece.length; index += 1) {
      starts.push(at);
      ends.push(at + width);
    }
    at += width;
  }
  return { text: pieces.join(''), starts, ends };
}

/** Applies edits in rising order that do not overlap; every character put in points to the whole of what it replaces. */
export function rewriteText(folded: FoldedText, edits: readonly Edit[]): FoldedText {
  if (edits.length === 0) return folded;
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  const keep = (until: number): void => {
    pieces.push(folded.text.slice(done, until));
    for (let index = done; index < until; index += 1) {
      starts.push(folded.starts[index] ?? 0);
      ends.push(folded.ends[index] ?? 0);
    }
  };
  for (const { from, to, by } of edits) {
    keep(from);
    pieces.push(by);
    for (let index = 0; index < by.length; index += 1) {
      starts.push(folded.starts[from] ?? 0);
      ends.push(folded.ends[to - 1] ?? 0);
    }
    done = to;
  }
  keep(folded.text.length);
  return { text: pieces.join(''), starts, ends };
}

function foldAscii(code: number): string {
  if (code >= 0x41 && code <= 0x5a) return String.fromCharCode(code + 0x20);
  if (code === 0x0a || code === 0x0d) return '\n';
  return code < 0x20 || code === 0x7f ? ' ' : String.fromCharCode(code);
}

function foldRemembered(character: string, code: number, seen: Map<string, string>): string {
  const known = seen.get(character);
  if (known !== undefined) return known;
  const folded = isInvisible(code) ? '' : keepShort(foldOther(character, code), character);
  seen.set(character, folded);
  return folded;
}

function keepShort(folded: string, character: string): string {
  return folded.length > MAX_GROWTH ? character : folded;
}

function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    (code >= 0x300 && code <= 0x36f) ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x17b4 ||
    code === 0x17b5 ||
    (code >= 0x180b && code <= 0x180e) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x20e3 ||
    code === 0x3164 ||
    (code >= 0xe000 && code <= 0xf8ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

function foldOther(character: string, code: number): string {
  const sign = CONFUSABLE_SIGNS.get(character);
  if (sign !== undefined) return sign;
  if (PHONE_PICTURES.has(character)) return ' ph ';
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return String.fromCharCode(0x61 + code - 0x1f1e6);
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(0x61 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(0x61 + code - 0x1f170);
  const digit = digitOf(code);
  if (digit !== undefined) return digit;
  const plain = character.normalize('NFKC').toLowerCase();
  const bare = isAccentedScript(code) ? plain.normalize('NFD').replace(/[\u0300-\u036f]/gu, '') : plain;
  return Array.from(bare, (letter) => CONFUSABLE_LETTERS.get(letter) ?? CONFUSABLE_SIGNS.get(letter) ?? SPELLED_OUT[letter] ?? letter).join(
    '',
  );
}

const SPELLED_OUT: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

function isAccentedScript(code: number): boolean {
  return code < 0x530 || (code >= 0x1e00 && code <= 0x1fff) || code >= 0xff00;
}

/** Code point of the zero of each script whose ten digits stand in a row and that NFKC leaves alone. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
] as const;

function digitOf(code: number): string | undefined {
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? undefined : String(code - zero);
}
