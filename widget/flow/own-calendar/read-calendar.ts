import { type Busy, busyBetween } from './busy-between.ts';
import { ownEvents } from './own-events.ts';

/** A visitor's calendar, read in the browser and never sent. */
export interface OwnCalendar {
  readonly events: number;
  /** When it keeps its owner busy between two instants; times without a zone are read in `zone`. */
  busyBetween(zone: string, fromMs: number, toMs: number): readonly Busy[];
}

const MOST_BYTES = 1_048_576;

/** Reads a calendar file; answers what is wrong with one that cannot be used. */
export async function readCalendar(file: Blob): Promise<OwnCalendar | 'ownTooBig' | 'ownUnreadable'> {
  if (file.size > MOST_BYTES) return 'ownTooBig';
  const events = ownEvents(await file.text());
  if (events === null) return 'ownUnreadable';
  const known = new Map<string, readonly Busy[]>();
  return {
    events: events.length,
    // The picture is drawn far more often than another day is chosen.
    busyBetween(...asked) {
      const key = asked.join();
      const busy = known.get(key) ?? busyBetween(events, ...asked);
      known.set(key, busy);
      return busy;
    },
  };
}
