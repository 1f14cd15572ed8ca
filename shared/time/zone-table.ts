import { DAY_MS, type LocalDate } from './local-date.ts';

/** A stretch `[fromMs, untilMs)` in which a zone keeps one offset from UTC. It may end where the table's knowledge ends. */
export interface OffsetPeriod {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

/**
 * What a wall time means in a zone. `instantMs` is the answer Temporal calls `compatible`: in a gap the wall time is read with the offset
 * before the jump, in a fold the earlier of the two. `otherMs` is the other reading: with the offset after the jump, or the later one.
 */
export interface WallReading {
  readonly kind: 'unique' | 'gap' | 'fold';
  readonly instantMs: number;
  readonly otherMs: number;
}

/** The table of a zone, built once and kept. Takes canonical names and aliases; a RangeError for a name `Intl` does not know. */
export function zoneTable(timeZone: string): ZoneTable {
  let table = tables.get(timeZone);
  if (table === undefined) {
    table = new ZoneTable(timeZone);
    tables.set(timeZone, table);
  }
  return table;
}
const tables = new Map<string, ZoneTable>();

/** Some two years: built whole when an instant in it is first asked for (0.4 ms), so far years cost nothing until then. */
const CHUNK_MS = 2 ** 36;
/** Asking for 64 chunks covers 139 years; a caller who wanders further starts over rather than filling the memory. */
const MAX_CHUNKS = 64;
/** The shortest offset period since 1970 lasted twelve days (San Miguel de Tucumán, June 2004). */
const SAMPLE_MS = 7 * DAY_MS;
const SECOND_MS = 1000;
const NOWHERE: OffsetPeriod = { fromMs: Infinity, untilMs: -Infinity, offsetMs: 0 };

/**
 * Offsets of one zone, read from `Intl` and then found by bisection: a conversion costs nanoseconds where `Intl` costs microseconds.
 * Instants and wall times are both milliseconds; a wall time is written as the instant it would be in UTC.
 */
export class ZoneTable {
  readonly timeZone: string;
  private readonly chunks = new Map<number, readonly OffsetPeriod[]>();
  /** Neighbouring instants are asked for one after the other, so the last period nearly always answers. */
  private last: OffsetPeriod = NOWHERE;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
    offsetReader(timeZone);
  }

  /** The period an instant lies in; a RangeError for an instant that is no finite number or beyond what a Date can hold. */
  periodAt(instantMs: number): OffsetPeriod {
    const last = this.last;
    return instantMs >= last.fromMs && instantMs < last.untilMs ? last : this.find(instantMs);
  }

  /** Milliseconds the zone's clocks are ahead of UTC. */
  offsetAt(instantMs: number): number {
    return this.periodAt(instantMs).offsetMs;
  }

  localDateAt(instantMs: number): LocalDate {
    return Math.floor((instantMs + this.offsetAt(instantMs)) / DAY_MS);
  }

  /** Local date and minutes after midnight (0 to 1440) -> instant, `compatible` in gaps and folds. */
  instantAt(date: LocalDate, minutes: number): number {
    const wallMs = date * DAY_MS + minutes * 60_000;
    const last = this.last;
    // No offset reaches a day, so a whole day of one offset on both sides leaves one reading only.
    if (wallMs - DAY_MS >= last.fromMs && wallMs + DAY_MS < last.untilMs) return wallMs - last.offsetMs;
    return this.readWall(wallMs).instantMs;
  }

  /** Wall time -> its reading, with gap and fold told apart. */
  readWall(wallMs: number): WallReading {
    const before = wallMs - this.offsetAt(wallMs - DAY_MS);
    const after = wallMs - this.offsetAt(wallMs + DAY_MS);
    if (before === after) return { kind: 'unique', instantMs: before, otherMs: before };
    const readsBefore = before + this.offsetAt(before) === wallMs;
    const readsAfter = after + this.offsetAt(after) === wallMs;
    if (readsBefore && readsAfter) return { kind: 'fold', instantMs: Math.min(before, after), otherMs: Math.max(before, after) };
    if (readsBefore) return { kind: 'unique', instantMs: before, otherMs: before };
    if (readsAfter) return { kind: 'unique', instantMs: after, otherMs: after };
    return { kind: 'gap', instantMs: before, otherMs: after };
  }

  private find(instantMs: number): OffsetPeriod {
    const index = Math.floor(instantMs / CHUNK_MS);
    let chunk = this.chunks.get(index);
    if (chunk === undefined) {
      if (this.chunks.size >= MAX_CHUNKS) this.chunks.clear();
      chunk = readChunk(offsetReader(this.timeZone), index * CHUNK_MS, (index + 1) * CHUNK_MS);
      this.chunks.set(index, chunk);
    }
    this.last = bisect(chunk, instantMs);
    return this.last;
  }
}

function bisect(periods: readonly OffsetPeriod[], instantMs: number): OffsetPeriod {
  let low = 0;
  let high = periods.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantMs < (periods[middle] as OffsetPeriod).untilMs) high = middle;
    else low = middle + 1;
  }
  return periods[low] as OffsetPeriod;
}

function readChunk(offsetMsAt: (instantMs: number) => number, fromMs: number, untilMs: number): OffsetPeriod[] {
  const periods: OffsetPeriod[] = [];
  let periodFromMs = fromMs;
  let offsetMs = offsetMsAt(fromMs);
  for (let knownMs = fromMs; knownMs < untilMs; knownMs += SAMPLE_MS) {
    const nextMs = Math.min(knownMs + SAMPLE_MS, untilMs);
    const nextOffsetMs = offsetMsAt(nextMs);
    if (nextOffsetMs === offsetMs) continue;
    const changeMs = findChange(offsetMsAt, knownMs, nextMs, offsetMs);
    if (changeMs >= untilMs) break;
    periods.push({ fromMs: periodFromMs, untilMs: changeMs, offsetMs });
    periodFromMs = changeMs;
    offsetMs = nextOffsetMs;
  }
  periods.push({ fromMs: periodFromMs, untilMs, offsetMs });
  return periods;
}

/** The first whole second at which the offset is no longer `offsetMs`; it changes once between the two. */
function findChange(offsetMsAt: (instantMs: number) => number, fromMs: number, untilMs: number, offsetMs: number): number {
  let before = Math.floor(fromMs / SECOND_MS);
  let after = Math.ceil(untilMs / SECOND_MS);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMsAt(middle * SECOND_MS) === offsetMs) before = middle;
    else after = middle;
  }
  return after * SECOND_MS;
}

/** Asks `Intl`, which writes `GMT`, `GMT-04:00` or, for local mean times, `GMT-04:56:02`. The formatter is let go of after use: it is heavy. */
function offsetReader(timeZone: string): (instantMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (instantMs) => {
    const found = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(format.format(instantMs));
    if (found === null) throw new Error(`time zone ${timeZone}: cannot read the offset at ${instantMs}`);
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = found;
    const offsetMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND_MS;
    return sign === '-' ? -offsetMs : offsetMs;
  };
}
