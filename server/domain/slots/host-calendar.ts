import { DAY_MS, type LocalDate, parseLocalDate, weekdayOf } from '../../../shared/time/local-date.ts';
import { type ZoneTable, zoneTable } from '../../../shared/time/zone-table.ts';
import type { DateOverride, Hours, Schedule, Weekday } from './question.ts';

/** Wall minutes after midnight as flat pairs `[start, end, start, end, ...]`, ascending; what touches or overlaps is joined. */
export type DayHours = readonly number[];

interface DatedOverride {
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly override: DateOverride;
}

interface DatedTravel {
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly zone: ZoneTable;
  /** The travelled dates as instants, in the zone travelled to. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Overrides of up to so many dates are found by date; longer ones, which are few, one by one. */
const SHORT_OVERRIDE_DATES = 31;

/**
 * A schedule, ready to be asked: which hours and which zone a local date has, and which local date an instant has. Travel is included on
 * both ways. Where two travel periods share a date the first listed counts; where two overrides do, the last listed.
 */
export class HostCalendar {
  /** Whether the host is ever away from the schedule's own zone. */
  readonly travels: boolean;
  private readonly home: ZoneTable;
  private readonly weekly: readonly DayHours[];
  private readonly journeys: readonly DatedTravel[];
  private readonly overrides: readonly DatedOverride[];
  private readonly shortOverrides = new Map<LocalDate, number>();
  private readonly longOverrides: number[] = [];
  private dateFromMs = Infinity;
  private dateUntilMs = -Infinity;
  private date: LocalDate = 0;

  constructor(schedule: Schedule) {
    this.home = zoneTable(schedule.timeZone);
    this.weekly = readWeeklyHours(schedule);
    this.travels = schedule.travel.length > 0;
    this.journeys = schedule.travel.map(readTravel);
    this.overrides = schedule.dateOverrides.map(readOverride);
    this.overrides.forEach(({ fromDate, toDate }, index) => {
      if (toDate - fromDate >= SHORT_OVERRIDE_DATES) this.longOverrides.push(index);
      else for (let date = fromDate; date <= toDate; date += 1) this.shortOverrides.set(date, index);
    });
  }

  /** The zone in which the hours of this local date are read. */
  zoneOf(date: LocalDate): ZoneTable {
    for (const travel of this.journeys) if (travel.fromDate <= date && date <= travel.toDate) return travel.zone;
    return this.home;
  }

  /** The zone the host is in at this instant. */
  zoneAt(instantMs: number): ZoneTable {
    for (const travel of this.journeys) if (travel.fromMs <= instantMs && instantMs < travel.untilMs) return travel.zone;
    return this.home;
  }

  /** The host-local date of an instant. */
  dateAt(instantMs: number): LocalDate {
    if (instantMs >= this.dateFromMs && instantMs < this.dateUntilMs) return this.date;
    if (this.travels) return this.zoneAt(instantMs).localDateAt(instantMs);
    const period = this.home.periodAt(instantMs);
    this.date = Math.floor((instantMs + period.offsetMs) / DAY_MS);
    this.dateFromMs = Math.max(period.fromMs, this.date * DAY_MS - period.offsetMs);
    this.dateUntilMs = Math.min(period.untilMs, (this.date + 1) * DAY_MS - period.offsetMs);
    return this.date;
  }

  /** The override that replaces this local date's hours, or null. */
  overrideOf(date: LocalDate): DateOverride | null {
    if (this.overrides.length === 0) return null;
    let index = this.shortOverrides.get(date) ?? -1;
    for (const long of this.longOverrides) {
      const { fromDate, toDate } = this.overrides[long] as DatedOverride;
      if (long > index && fromDate <= date && date <= toDate) index = long;
    }
    return this.overrides[index]?.override ?? null;
  }

  hoursOf(date: LocalDate): DayHours {
    const override = this.overrideOf(date);
    return override === null ? (this.weekly[weekdayOf(date) - 1] as DayHours) : joinHours(override.intervals.flatMap(minutesOf));
  }
}

const WEEKDAY_INDEX: Readonly<Record<Weekday, number>> = {
  monday: 0,
  tuesday: 1,
  wednesday: 2,
  thursday: 3,
  friday: 4,
  saturday: 5,
  sunday: 6,
};

function readWeeklyHours(schedule: Schedule): DayHours[] {
  const week: number[][] = [[], [], [], [], [], [], []];
  for (const hours of schedule.weeklyHours) {
    const start = minuteOf(hours.start);
    const end = minuteOf(hours.end);
    for (const day of hours.days) week[WEEKDAY_INDEX[day]]?.push(start, end);
  }
  return week.map(joinHours);
}

function readTravel(travel: Schedule['travel'][number]): DatedTravel {
  const zone = zoneTable(travel.timeZone);
  const fromDate = dateOf(travel.from);
  const toDate = dateOf(travel.to);
  return { fromDate, toDate, zone, fromMs: zone.instantAt(fromDate, 0), untilMs: zone.instantAt(toDate + 1, 0) };
}

function readOverride(override: DateOverride): DatedOverride {
  return { fromDate: dateOf(override.from), toDate: dateOf(override.to), override };
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`schedule: ${text} is no local date`);
  return date;
}

function minutesOf(hours: Hours): number[] {
  return [minuteOf(hours.start), minuteOf(hours.end)];
}

/** `HH:MM` -> minutes after midnight; `24:00` is 1440. */
function minuteOf(wallTime: string): number {
  const minutes = twoDigitsAt(wallTime, 0) * 60 + twoDigitsAt(wallTime, 3);
  if (!(minutes >= 0 && minutes <= 1440)) throw new RangeError(`schedule: ${wallTime} is no wall time`);
  return minutes;
}

function twoDigitsAt(text: string, index: number): number {
  return (text.charCodeAt(index) - ZERO) * 10 + text.charCodeAt(index + 1) - ZERO;
}
const ZERO = '0'.charCodeAt(0);

function joinHours(pairs: number[]): DayHours {
  if (pairs.length === 2) return pairs[1]! > pairs[0]! ? pairs : [];
  const ascending: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i + 1]! > pairs[i]!) ascending.push([pairs[i]!, pairs[i + 1]!]);
  ascending.sort((a, b) => a[0] - b[0]);
  const joined: number[] = [];
  for (const [start, end] of ascending) {
    if (joined.length > 0 && start <= joined.at(-1)!) joined[joined.length - 1] = Math.max(joined.at(-1)!, end);
    else joined.push(start, end);
  }
  return joined;
}
