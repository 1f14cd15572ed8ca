import { computeSlots } from '../../server/domain/slots/compute-slots.ts';
import { writeDays } from '../../server/domain/slots/group-slots.ts';
import type { SlotQuestion } from '../../server/domain/slots/question.ts';
import { dateFnsTzDays } from './parts/date-fns-tz-loop.ts';
import { compare, type Ratio, short, showRatio } from './parts/measure.ts';
import type { Bench } from './run.ts';
import { floorDays } from './parts/slot-floor.ts';
import { type DiaryRow, diaryRow, questionOf } from './parts/slot-questions.ts';

/** The end of summer time in New York, and the offsets before and after: given to the floor, found out by the engine. */
const CHANGE_MS = Date.parse('2026-11-01T06:00Z');
const SPRING_MS = Date.parse('2027-03-14T07:00Z');
const OFFSETS: readonly [number, number] = [-14_400_000, -18_000_000];
/** The rules cost so much above the floor at most. */
const REACH = 1.5;

interface Row {
  readonly days: number;
  readonly busy: number;
}

/** Rows in, the JSON text of the answer out: a row's schedule is parsed and its text flattened on both sides. */
const engine: Bench = {
  name: 'Slot engine: New York, rows in, text of the days out; ratio to a hand-written floor without rules, lower is better',
  async run() {
    const month = against({ days: 30, busy: 100 });
    const year = against({ days: 365, busy: 10_000 });
    return [line(month), line(year), growth(), peer({ days: 30, busy: 100 })];
  },
};
export default engine;

interface Compared extends Row {
  readonly slots: number;
  readonly ratio: Ratio;
}

function against({ days, busy }: Row): Compared {
  const row = diaryRow(days, busy);
  assertSame(answer(row, days), floor(row, days));
  return {
    days,
    busy,
    slots: computeSlots(questionOf(row, days)).length,
    ratio: compare(
      () => answer(row, days).length,
      () => floor(row, days).length,
    ),
  };
}

function line({ days, busy, slots, ratio }: Compared): string {
  const verdict = ratio.ratio <= REACH ? 'reached' : 'MISSED';
  return `${days} days, ${busy} busy (${slots} slots): ${showRatio(ratio)}, ${short(ratio.oursMicros)} µs to ${short(ratio.floorMicros)} µs; reach ${REACH}x: ${verdict}`;
}

/** Time per slot over a year against time per slot over a month, in the same run. */
function growth(): string {
  const [short30, long365] = [diaryRow(30, 100), diaryRow(365, 1217)];
  const slots30 = computeSlots(questionOf(short30, 30)).length;
  const slots365 = computeSlots(questionOf(long365, 365)).length;
  const { ratio, lowest, highest, ...rest } = compare(
    () => answer(long365, 365).length,
    () => answer(short30, 30).length,
  );
  const scale = slots30 / slots365;
  const grown = showRatio({ ...rest, ratio: ratio * scale, lowest: lowest * scale, highest: highest * scale });
  return `growth, µs per slot at 365 days / 30 days, equally busy: ${grown}; reach ${REACH}x: ${ratio * scale <= REACH ? 'reached' : 'MISSED'}`;
}

function peer({ days, busy }: Row): string {
  const row = diaryRow(days, busy);
  assertSame(answer(row, days), dateFnsTzDays(questionOf(row, days)));
  const { ratio, lowest, highest, oursMicros, floorMicros } = compare(
    () => dateFnsTzDays(questionOf(row, days)).length,
    () => answer(row, days).length,
  );
  return `a plain date-fns-tz loop, ${days} days, ${busy} busy, takes ${short(ratio)} times as long (${short(lowest)}-${short(highest)}): ${short(oursMicros)} µs to ${short(floorMicros)} µs`;
}

function answer(row: DiaryRow, days: number): string {
  const question: SlotQuestion = questionOf(row, days);
  const { fromMs, toMs, durationMinutes } = question;
  return flat(writeDays({ startsMs: computeSlots(question), durationMinutes, fromMs, toMs, timeZone: 'America/New_York' }));
}

function floor(row: DiaryRow, days: number): string {
  const question = questionOf(row, days);
  const beforeSpring = question.toMs <= SPRING_MS;
  return flat(beforeSpring ? floorDays(question, CHANGE_MS, OFFSETS) : joined(question));
}

/** The floor knows one clock change; a year has two. */
function joined(question: SlotQuestion): string {
  const autumn = floorDays({ ...question, toMs: SPRING_MS - 2 * 3_600_000 }, CHANGE_MS, OFFSETS);
  const spring = floorDays({ ...question, fromMs: SPRING_MS - 2 * 3_600_000 }, SPRING_MS, [OFFSETS[1], OFFSETS[0]]);
  return `${autumn.slice(0, -1)},${spring.slice(1)}`;
}

/** Text glued from pieces stays a tree until somebody reads it; a socket would. Both sides pay for it. */
function flat(text: string): string {
  Number(text);
  return text;
}

function assertSame(ours: string, theirs: string): void {
  if (ours === theirs) return;
  const at = ours.split('').findIndex((char, i) => char !== theirs[i]);
  throw new Error(`the two sides differ at ${at}: ${ours.slice(at - 60, at + 40)} / ${theirs.slice(at - 60, at + 40)}`);
}
