import { instantAt, type Moment } from './moment.ts';
import type { OwnEvent } from './own-events.ts';
import { comingsOf, type Patience } from './repetition.ts';

export interface Busy {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
/** A calendar of a person stays far below; one made to be slow is read no further. */
const MOST_ROUNDS = 100_000;

/** When these events keep a person in `zone` busy between two instants. Only what touches that stretch is worked out. */
export function busyBetween(events: readonly OwnEvent[], zone: string, fromMs: number, toMs: number): Busy[] {
  const patience = { rounds: MOST_ROUNDS };
  return events.flatMap((event) =>
    [...comingsIn(event, zone, fromMs, toMs, patience)].filter((busy) => busy.fromMs < toMs && busy.toMs > fromMs),
  );
}

function* comingsIn(event: OwnEvent, visitorZone: string, fromMs: number, toMs: number, patience: Patience): Generator<Busy> {
  const { start, end, length, repetition, left } = event;
  const zone = start.zone ?? visitorZone;
  const at = (moment: Moment) => instantAt(moment.wallMs, moment.zone ?? zone);
  // Whole days follow the clock, everything else lasts as long as it lasts the first time.
  const isDays = start.isDate && (end === null || end.isDate);
  const days = isDays && end !== null ? Math.max(1, (end.wallMs - start.wallMs) / DAY_MS) : length.days;
  const exactMs = isDays ? 0 : end === null ? length.ms : Math.max(0, at(end) - at(start));
  const clockDays = end === null || isDays ? days : 0;
  const spanMs = clockDays * DAY_MS + exactMs;
  if (spanMs === 0) return;

  const isLeft = (wallMs: number) =>
    left.some((moment) =>
      moment.isDate ? Math.floor(wallMs / DAY_MS) * DAY_MS === moment.wallMs : at(moment) === instantAt(wallMs, zone),
    );
  // No clock is further than two days from UTC.
  const [fromWallMs, toWallMs] = [fromMs - spanMs - 2 * DAY_MS, toMs + 2 * DAY_MS];
  const isNear = start.wallMs >= fromWallMs && start.wallMs < toWallMs;
  const comings = repetition !== null ? comingsOf(start.wallMs, repetition, fromWallMs, toWallMs, patience) : isNear ? [start.wallMs] : [];
  for (const wallMs of comings) {
    const startMs = instantAt(wallMs, zone);
    const until = repetition?.until ?? null;
    if (until !== null && (until.isDate ? wallMs >= until.wallMs + DAY_MS : startMs > at(until))) return;
    if (!isLeft(wallMs)) yield { fromMs: startMs, toMs: instantAt(wallMs + clockDays * DAY_MS, zone) + exactMs };
  }
}
