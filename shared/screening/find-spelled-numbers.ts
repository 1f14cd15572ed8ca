import type { Candidate } from './candidate.ts';
import { judgeByCues } from './cues.ts';
import { isCounting } from './find-phones.ts';
import { digitsOfWord, isTens, repeatsOf } from './number-words.ts';

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A number said in words, or in words and digits mixed. */
export interface SpelledNumber {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** How many of its parts are words for 0 to 9: times and prices are said in tens. */
  readonly units: number;
  readonly words: number;
}

/**
 * Telephone numbers said in words: at least three words and seven digits. Without a cue mostly single digits are asked for,
 * because "nine thirty, ten fifteen, eleven forty five" is a choice of times; never a count ("one, two, three ...").
 */
export function findSpelledPhones(text: string): Candidate[] {
  return spelledNumbers(text).flatMap(({ start, end, digits, units, words }): Candidate[] => {
    if (digits.length < 7 || digits.length > 15 || words < 3) return [];
    const said = judgeByCues(text, start, end);
    const alone = digits.length >= 9 && (units >= 6 || digits.startsWith('0'));
    if (said === 'other' || (said !== 'phone' && (!alone || isCounting(digits)))) return [];
    return [
      { category: 'phone', confidence: said === 'phone' && digits.length >= 9 ? 'high' : 'medium', start, end, rule: 'phone.spelled' },
    ];
  });
}

/** Every run of number words in a text, with the digits it says. */
export function spelledNumbers(text: string): SpelledNumber[] {
  const found: SpelledNumber[] = [];
  let run: Token[] = [];
  const close = (): void => {
    while (run.length > 0 && isGlue(run.at(-1)?.word ?? '')) run.pop();
    if (run.length >= 2) found.push(sayDigits(run));
    run = [];
  };
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{M}]+|\d+/gu)) {
    const token = { word, start: index, end: index + word.length };
    const previous = run.at(-1);
    const joins = previous === undefined || /^[\s,.()/_*|;:+-]{0,4}$/u.test(text.slice(previous.end, index));
    if (!joins || !(isNumber(word) || (run.length > 0 && (isGlue(word) || repeatsOf(word) > 1)))) close();
    if (isNumber(word) || repeatsOf(word) > 1 || (run.length > 0 && isGlue(word))) run.push(token);
  }
  close();
  return found;
}

function isNumber(word: string): boolean {
  return /^\d{1,12}$/u.test(word) || digitsOfWord(word) !== undefined;
}

function isGlue(word: string): boolean {
  return word === 'and' || word === 'y' || word === 'e' || word === 'et' || word === 'und' || word === 'vingts';
}

function sayDigits(run: readonly Token[]): SpelledNumber {
  const parts: string[] = [];
  let units = 0;
  let words = 0;
  for (let index = 0; index < run.length; index += 1) {
    const word = run[index]?.word ?? '';
    const next = nextNumber(run, index);
    if (isGlue(word)) continue;
    if (repeatsOf(word) > 1) {
      const digit = digitsOfWord(next?.word ?? '') ?? next?.word ?? '';
      if (digit.length === 1) {
        parts.push(digit.repeat(repeatsOf(word) - 1));
        units += 1;
      }
      continue;
    }
    const said = digitsOfWord(word);
    if (said === undefined) {
      parts.push(word);
      continue;
    }
    words += 1;
    if (said.length === 1) units += 1;
    const follower = digitsOfWord(next?.word ?? '');
    if (word === 'quatre' && /^vingts?$/u.test(run[index + 1]?.word ?? '')) {
      const rest = digitsOfWord(run[index + 2]?.word ?? '');
      const takes = rest !== undefined && Number(rest) > 0 && Number(rest) < 20;
      parts.push(String(80 + (takes ? Number(rest) : 0)));
      index += takes ? 2 : 1;
    } else if (isTens(word) && follower !== undefined && takesFollower(word, follower)) {
      parts.push(String(Number(said) + Number(follower)));
      words += 1;
      index = next?.index ?? index;
    } else parts.push(said);
  }
  return { start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, digits: parts.join(''), units, words };
}

function nextNumber(run: readonly Token[], index: number): (Token & { index: number }) | undefined {
  const step = isGlue(run[index + 1]?.word ?? '') ? 2 : 1;
  const token = run[index + step];
  return token === undefined ? undefined : { ...token, index: index + step };
}

/** "soixante-dix" is 70; every other tens word takes 1 to 9. */
function takesFollower(tens: string, follower: string): boolean {
  return follower !== '0' && (follower.length === 1 || (tens === 'soixante' && Number(follower) < 20));
}
