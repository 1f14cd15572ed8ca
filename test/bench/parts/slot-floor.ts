import type { SlotQuestion } from '../../../server/domain/slots/question.ts';
import { DAY_MS } from '../../../shared/time/local-date.ts';

const HALF_HOUR_MS = 1_800_000;
const OFFSETS = { [-4 * 3_600_000]: '-04:00', [-5 * 3_600_000]: '-05:00' } as Record<number, string>;
/** All but the date of a slot that starts at a minute of the day, by offset: what the date is glued between. */
const PIECES = new Map(
  Object.entries(OFFSETS).map(([offsetMs, offset]) => [
    Number(offsetMs),
    Array.from({ length: 1440 }, (_, minute) => {
      const clock = (at: number): string => new Date(at * 60_000).toISOString().slice(11, 16);
      return [`T${clock(minute)}:00${offset}","end":"`, `T${clock(minute + 30)}:00${offset}"}`] as const;
    }),
  ]),
);

/**
 * The least a program can do and still print the same text: one schedule, one zone whose two offsets are known beforehand, busy time already
 * sorted, no rule but the hours, no check of anything. What the engine costs above this is the price of its rules.
 */
export function floorDays(question: SlotQuestion, offsetChangeMs: number, offsetsMs: readonly [number, number]): string {
  const { busyMs, fromMs, toMs } = question;
  let text = '[';
  let next = 0;
  const firstDate = Math.floor((fromMs + (fromMs < offsetChangeMs ? offsetsMs[0] : offsetsMs[1])) / DAY_MS);
  const lastDate = Math.floor((toMs - 1 + (toMs - 1 < offsetChangeMs ? offsetsMs[0] : offsetsMs[1])) / DAY_MS);
  for (let date = firstDate; date <= lastDate; date += 1) {
    const offsetMs = date * DAY_MS + 8 * 3_600_000 < offsetChangeMs ? offsetsMs[0] : offsetsMs[1];
    const pieces = PIECES.get(offsetMs)!;
    const dateText = new Date(date * DAY_MS).toISOString().slice(0, 10);
    const first = `{"start":"${dateText}`;
    const later = `,${first}`;
    let slots = '';
    if ((date + 3) % 7 < 5) {
      const midnightMs = date * DAY_MS - offsetMs;
      for (let minute = 540; minute < 1020; minute += 30) {
        const startMs = midnightMs + minute * 60_000;
        while (next < busyMs.length && busyMs[next + 1]! <= startMs) next += 2;
        if (next < busyMs.length && busyMs[next]! < startMs + HALF_HOUR_MS) continue;
        const [start, end] = pieces[minute]!;
        slots += (slots === '' ? first : later) + start + dateText + end;
      }
    }
    if (date > firstDate) text += ',';
    text += `{"date":"${dateText}","available":${slots !== ''},"slots":[${slots}]}`;
  }
  return `${text}]`;
}
