import { type BusyInterval, type BusyKind } from './busy-interval.ts';
import { isBlocking, type TreatAsBusy } from './treat-as-busy.ts';

/** How much a copy of a calendar is worth: as good as the calendar, older than wanted, or nothing to rest a free slot on. */
export type CopyStanding = 'fresh' | 'stale' | 'unavailable';

/** What is known of one connection's busy time. Instants in ms; null: never. */
export interface CalendarCopy {
  readonly connectionId: string;
  readonly provider: string;
  readonly status: 'ok' | 'failing' | 'disconnected';
  readonly failureMode: 'hide' | 'lastKnown';
  readonly checkedAtMs: number | null;
  readonly freshUntilMs: number | null;
  readonly coveredUntilMs: number | null;
  /** When it is to be read again; while reading fails, not before. */
  readonly nextAtMs: number;
  readonly treatAsBusy: TreatAsBusy;
  /** Flat triples `[start, end, code]`, ascending by start; the code is a kind's place in `KINDS`, and 8 more for whole days. */
  readonly busy: readonly number[];
}

const MINUTE_MS = 60_000;
/** How long a reading counts as current. Feeds are made to be fetched seldom. */
const LIFE_MINUTES: Readonly<Record<string, number>> = { google: 5, microsoft: 5, caldav: 5, ics: 15, simulated: 1 };
/** A copy that could not be renewed is used this many lives long, and not longer. */
const LIVES = 4;

export const KINDS: readonly BusyKind[] = ['busy', 'tentative', 'unanswered', 'outOfOffice', 'workingElsewhere'];

export function lifeMsOf(provider: string): number {
  return (LIFE_MINUTES[provider] ?? 5) * MINUTE_MS;
}

/**
 * What a copy is worth for a question that needs busy time until `neededUntilMs`. Fails closed: a copy that does not reach as far, one that is too old, or one
 * whose login has ended is nothing to go by; with `lastKnown` its age does not count, but its reach does.
 */
export function standingOf(copy: CalendarCopy, nowMs: number, neededUntilMs: number): CopyStanding {
  if (copy.checkedAtMs === null || copy.coveredUntilMs === null || copy.coveredUntilMs < neededUntilMs) return 'unavailable';
  if (copy.status !== 'disconnected' && copy.freshUntilMs !== null && copy.freshUntilMs > nowMs) return 'fresh';
  if (copy.failureMode === 'lastKnown') return 'stale';
  if (copy.status === 'disconnected') return 'unavailable';
  return nowMs - copy.checkedAtMs <= LIVES * lifeMsOf(copy.provider) ? 'stale' : 'unavailable';
}

/** The worse of two. */
export function worseOf(a: CopyStanding, b: CopyStanding): CopyStanding {
  if (a === 'unavailable' || b === 'unavailable') return 'unavailable';
  return a === 'stale' || b === 'stale' ? 'stale' : 'fresh';
}

/** What blocks, of all of a host's calendars, as flat pairs in ms. */
export function blockingPairs(copies: readonly CalendarCopy[]): number[] {
  const pairs: number[] = [];
  for (const { busy, treatAsBusy } of copies) {
    for (let i = 0; i < busy.length; i += 3) {
      const [startMs = 0, endMs = 0, code = 0] = [busy[i], busy[i + 1], busy[i + 2]];
      const kind = KINDS[code % 8] ?? 'busy';
      if (isBlocking({ startMs, endMs, kind, allDay: code >= 8 }, treatAsBusy)) pairs.push(startMs, endMs);
    }
  }
  return pairs;
}

/** Busy time as a copy carries it. */
export function triplesOf(busy: readonly BusyInterval[]): number[] {
  return busy.flatMap(({ startMs, endMs, kind, allDay }) => [startMs, endMs, KINDS.indexOf(kind) + (allDay ? 8 : 0)]);
}
