import type { Candidate } from './candidate.ts';
import { judgeByCues, PHONE_CUES, hasCue } from './cues.ts';

/** ITU-T E.164: at most 15 digits; nothing under 7 is dialled from outside. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
const CANDIDATE =
  /(?<![\p{L}\d@#$€£₹%&\\-]|\d[.,:]|[/=](?!\+))(?:\+\s?|00)?\(?(?:\d|o(?=\d))(?:[ \t\n()./_*~|-]{0,3}[\doil](?![\p{L}])|[ \t\n()./_*~|-]{0,3}\d){6,18}(?![\p{L}\d%]|[:,]\d)/gu;

export type IsPhone = (candidate: string) => boolean;

/**
 * Telephone numbers written in digits. With a plus sign or in a country's own grouping they count alone, a bare digit run only with a cue
 * ("call") and without an anti-cue ("order"). `isPhone`, where given, decides about the international form and raises the rest.
 */
export function findPhones(text: string, isPhone?: IsPhone): Candidate[] {
  const found: Candidate[] = [];
  for (const { index, 0: matched } of text.matchAll(CANDIDATE)) {
    for (const { offset, span } of splitAtLineEnds(matched)) {
      const start = index + offset;
      const candidate = weigh(text, start, span, isPhone);
      if (candidate !== undefined) found.push({ category: 'phone', start, end: start + span.length, ...candidate });
    }
  }
  return found;
}

/** True for a sequence nobody dials: for the most part counted up or down, or of fewer than three different digits. */
export function isCounting(digits: string): boolean {
  const steps = Array.from(digits.slice(1), (digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10);
  const most = Math.max(steps.filter((step) => step === 1).length, steps.filter((step) => step === 9).length);
  return new Set(digits).size < 3 || most >= steps.length * 0.75;
}

function weigh(
  text: string,
  start: number,
  span: string,
  isPhone: IsPhone | undefined,
): Pick<Candidate, 'confidence' | 'rule'> | undefined {
  const number = span.replace(/[oil]/gu, (letter) => (letter === 'o' ? '0' : '1'));
  const digits = number.replace(/^00(?=[1-9])|\(0\)|\D/gu, '');
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return undefined;
  const end = start + span.length;
  const said = judgeByCues(text, start, end);
  if (/^\+|^00[1-9]/u.test(number) && digits.length >= 8) {
    if (number.startsWith('00') && said === 'other') return undefined;
    if (isPhone === undefined) return { confidence: 'high', rule: 'phone.international' };
    return { confidence: isPhone(`+${digits}`) || said === 'phone' ? 'high' : 'low', rule: 'phone.international' };
  }
  if (said === 'other' || new Set(digits).size < 3) return undefined;
  const groups = number
    .trim()
    .split(/\D+/u)
    .filter((group) => group !== '');
  if (isListOfFigures(groups)) return undefined;
  const shape = NATIONAL.some((pattern) => pattern.test(number));
  const apart = groups.length >= 7 && groups.every((group) => group.length === 1);
  if (said === 'phone') {
    if (apart || shape || digits.length >= 9) return { confidence: 'high', rule: apart ? 'phone.apart' : 'phone.cue' };
    return { confidence: 'medium', rule: 'phone.cue' };
  }
  if (shape) return { confidence: isPhone?.(number) === true ? 'high' : 'medium', rule: 'phone.national' };
  if (isCounting(digits)) return undefined;
  if (apart && digits.length >= 9) return { confidence: 'medium', rule: 'phone.apart' };
  return digits.length >= 9 ? { confidence: 'low', rule: 'phone.bare' } : undefined;
}

/** Groupings a country writes its numbers in and hardly anything else is written in. */
const NATIONAL: readonly RegExp[] = [
  /^1?[ .-]?\([2-9]\d{2}\)[ .-]?\d{3}[ .-]\d{4}$/u, // North America, (415) 555-2671
  /^(?:1[ .-])?[2-9]\d{2}([ .-])\d{3}\1\d{4}$/u, // 415-555-2671
  /^0[1-9](?:([ .-])\d{2})(?:\1\d{2}){3}$/u, // France, 06 12 34 56 78
  /^0[1-9]\d{8,9}$/u, // any trunk prefix, 0612345678, 07911123456
  /^(?!\d{5}-\d{3}$)0[1-9]\d{1,4}[ /-]{1,3}\d{3,8}(?:[ -]\d{2,5}){0,3}$/u, // Germany, Britain: 0171 2345678, 020 7946 0958; 01310-200 is a Brazilian postcode
  /^\(0[1-9]?\d{0,4}\) ?\d{3,8}(?:[ -]\d{2,5}){0,2}$/u, // (030) 1234567
  /^[6-9]\d{4}[ -]\d{5}$/u, // India, 98765 43210
  /^\(?[1-9]\d\)?[ -]?9[ .]?\d{4}[ .-]\d{4}$/u, // Brazil, (11) 98765-4321
  /^[67]\d{2}(?:[ .-]\d{2}){3}$/u, // Spain, 612 34 56 78
];

/** Groups that are figures of their own: years, military times on a grid of five minutes, round figures, rising hours or days, a date. */
function isListOfFigures(groups: readonly string[]): boolean {
  if (groups.length < 2) return false;
  const values = groups.map(Number);
  const isRising = values.every((value, index) => value <= 31 && value > (values[index - 1] ?? 0));
  return (
    groups.every((group) => /^(?:19|20)\d\d$/u.test(group)) ||
    groups.every((group) => /^(?:[01]\d|2[0-3])[0-5][05]$/u.test(group)) ||
    groups.every((group) => /^[1-9]\d{1,5}0$/u.test(group)) ||
    (groups.length > 2 && isRising) ||
    /^(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|[12]\d|3[01]) (?:19|20)\d\d$/u.test(groups.join(' '))
  );
}

/** A number may be broken by one line end, yet a column of figures is no number: each line stands alone unless it is short. */
function splitAtLineEnds(matched: string): { offset: number; span: string }[] {
  const lines = matched.split('\n');
  const whole = [{ offset: 0, span: matched }];
  if (lines.length === 1 || (lines.length === 2 && lines.every((line) => line.replace(/\D/gu, '').length < MIN_DIGITS))) return whole;
  let offset = 0;
  return lines.map((line) => {
    const lead = line.length - line.trimStart().length;
    const span = { offset: offset + lead, span: line.trim() };
    offset += line.length + 1;
    return span;
  });
}

/** True when a cue for a telephone stands near `[start, end)`. */
export function hasPhoneCue(text: string, start: number, end: number): boolean {
  return hasCue(PHONE_CUES, text, start, end);
}
