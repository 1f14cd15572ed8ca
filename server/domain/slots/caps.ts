import { DAY_MS, formatLocalDate, type LocalDate, monthStartOf, weekStartOf } from '../../../shared/time/local-date.ts';
import { zoneTable } from '../../../shared/time/zone-table.ts';
import type { HostCalendar } from './host-calendar.ts';
import type { Meeting, SlotQuestion } from './question.ts';
import { blockingMeetings } from './taken-time.ts';

/**
 * What the answer is for. A listing does not show a whole day as closed when nothing but holds closes it, so a stranger with a form open
 * cannot empty the calendar; a booking counts every hold.
 */
export type Purpose = 'listing' | 'booking';

/** A reached limit: the first that closes the day, in the order of the refusals. Minutes are counted for `daily_minutes_limit`, meetings else. */
export interface ReachedCap {
  readonly reason: 'daily_limit' | 'daily_minutes_limit' | 'weekly_limit' | 'monthly_limit' | 'host_daily_limit';
  readonly facts: {
    readonly limit: number;
    readonly used: number;
    /** The first local date of the day, ISO week or month that is full. */
    readonly from: string;
    /** The zone of that date. */
    readonly timeZone: string;
  };
}

export interface Caps {
  /** The first reached limit for a start on this host-local date, or null. */
  reachedOn(startMs: number, date: LocalDate): ReachedCap | null;
}

interface Usage {
  all: number;
  /** Without holds. */
  firm: number;
}

/**
 * Counts what the host's limits count: meetings of the event type by the host-local date of their start, and every meeting by its date in
 * the host's own zone. The offered times of one proposal count once a day. Null when nothing is limited.
 */
export function readCaps(question: SlotQuestion, calendar: HostCalendar, purpose: Purpose): Caps | null {
  const { rules, maxMeetingsPerDay, durationMinutes } = question;
  const { maxPerDay, maxMinutesPerDay, maxPerWeek, maxPerMonth } = rules;
  const countsEventType = maxPerDay !== null || maxMinutesPerDay !== null || maxPerWeek !== null || maxPerMonth !== null;
  if (!countsEventType && maxMeetingsPerDay === null) return null;

  const hostZone = zoneTable(question.hostTimeZone);
  const perDay = new Tally();
  const minutesPerDay = new Tally();
  const perWeek = new Tally();
  const perMonth = new Tally();
  const perHostDay = new Tally();
  const offered = new Set<string>();
  const isFirstOffer = (meeting: Meeting, scope: string): boolean => {
    if (meeting.kind !== 'proposal') return true;
    const key = `${scope} ${meeting.ownerId}`;
    const first = !offered.has(key);
    offered.add(key);
    return first;
  };
  for (const meeting of blockingMeetings(question)) {
    const hostDate = hostZone.localDateAt(meeting.startMs);
    if (isFirstOffer(meeting, `host ${hostDate}`)) perHostDay.add(hostDate, meeting, 1);
    if (!countsEventType || !meeting.sameEventType) continue;
    const date = calendar.dateAt(meeting.startMs);
    if (!isFirstOffer(meeting, `${date}`)) continue;
    perDay.add(date, meeting, 1);
    minutesPerDay.add(date, meeting, (meeting.endMs - meeting.startMs) / 60_000);
    perWeek.add(weekStartOf(date), meeting, 1);
    perMonth.add(monthStartOf(date), meeting, 1);
  }

  const reached = (tally: Tally, key: LocalDate, limit: number | null, next: number): number | null =>
    limit === null ? null : tally.reached(key, limit, next, purpose);
  const refuse = (reason: ReachedCap['reason'], used: number, limit: number | null, from: LocalDate, timeZone: string): ReachedCap => ({
    reason,
    facts: { limit: limit ?? 0, used, from: formatLocalDate(from), timeZone },
  });
  const eventTypeCap = (startMs: number, date: LocalDate): ReachedCap | null => {
    const zone = (): string => calendar.zoneAt(startMs).timeZone;
    let used = reached(perDay, date, maxPerDay, 1);
    if (used !== null) return refuse('daily_limit', used, maxPerDay, date, zone());
    used = reached(minutesPerDay, date, maxMinutesPerDay, durationMinutes);
    if (used !== null) return refuse('daily_minutes_limit', used, maxMinutesPerDay, date, zone());
    used = reached(perWeek, weekStartOf(date), maxPerWeek, 1);
    if (used !== null) return refuse('weekly_limit', used, maxPerWeek, weekStartOf(date), zone());
    used = reached(perMonth, monthStartOf(date), maxPerMonth, 1);
    return used === null ? null : refuse('monthly_limit', used, maxPerMonth, monthStartOf(date), zone());
  };

  let lastDate = NaN;
  let lastCap: ReachedCap | null = null;
  return {
    reachedOn(startMs, date) {
      if (date !== lastDate) {
        lastDate = date;
        lastCap = countsEventType ? eventTypeCap(startMs, date) : null;
      }
      if (lastCap !== null || maxMeetingsPerDay === null) return lastCap;
      const hostDate = Math.floor((startMs + hostZone.offsetAt(startMs)) / DAY_MS);
      const used = perHostDay.reached(hostDate, maxMeetingsPerDay, 1, purpose);
      return used === null ? null : refuse('host_daily_limit', used, maxMeetingsPerDay, hostDate, hostZone.timeZone);
    },
  };
}

/** Amounts by local date. */
class Tally {
  private readonly usage = new Map<LocalDate, Usage>();

  add(key: LocalDate, meeting: Meeting, amount: number): void {
    const usage = this.usage.get(key) ?? { all: 0, firm: 0 };
    usage.all += amount;
    if (meeting.kind !== 'hold') usage.firm += amount;
    this.usage.set(key, usage);
  }

  /** What is used, when the next `amount` would pass the limit; null while it fits. */
  reached(key: LocalDate, limit: number, amount: number, purpose: Purpose): number | null {
    const { all, firm } = this.usage.get(key) ?? NOTHING;
    const holdsAlone = firm === 0 && purpose === 'listing';
    const counted = holdsAlone ? firm : all;
    return counted + amount > limit ? all : null;
  }
}
const NOTHING: Usage = { all: 0, firm: 0 };
