import type { CalendarEvent, EventLength, EventStanding, EventTime, EventZone } from '../../../domain/calendars/calendar-event.ts';
import type { RecurrenceRule } from '../../../domain/calendars/recurrence-rule.ts';
import type { IcsComponent } from './content-lines.ts';
import { type IcsProperty, readDuration, readProperty, readTime } from './ics-property.ts';
import { readRule } from './read-rule.ts';

export interface EventReading {
  readonly zoneOf: (tzid: string) => EventZone;
  /** The host's own mail addresses, lower case: only their answer to an invitation is looked at. */
  readonly ownAddresses: readonly string[];
  /** Stands in for a UID that is missing. */
  readonly fallbackUid: string;
}

/** `broken` says that something which may matter to the time could not be read; `event` is null when its start could not. */
export interface ReadEvent {
  readonly event: CalendarEvent | null;
  readonly broken: boolean;
}

/** Reads one VEVENT. A broken line costs that line; a broken DTSTART, or an end before the start, the event. */
export function readEvent(component: IcsComponent, reading: EventReading): ReadEvent {
  const broken = { seen: false };
  const properties = component.lines.flatMap((line) => {
    const property = readProperty(line);
    if (property === null) broken.seen = true;
    return property === null ? [] : [property];
  });
  const timesOf = (name: string): EventTime[] =>
    properties.filter((property) => property.name === name).flatMap((property) => readTimes(property, reading, broken));
  const rulesOf = (name: string): RecurrenceRule[] =>
    properties.filter((property) => property.name === name).flatMap((property) => readRules(property, broken));
  const [start] = timesOf('dtstart');
  if (start === undefined) return { event: null, broken: true };
  const [recurrenceTime] = timesOf('recurrence-id');
  const event: CalendarEvent = {
    uid: textOf(properties, 'uid') || reading.fallbackUid,
    sequence: Number(textOf(properties, 'sequence')) || 0,
    start,
    length: readLength(properties, timesOf('dtend')[0]),
    rules: rulesOf('rrule'),
    exclusionRules: rulesOf('exrule'),
    extraStarts: properties.filter(({ name }) => name === 'rdate').flatMap((property) => readExtraStarts(property, reading, broken)),
    excludedStarts: timesOf('exdate'),
    recurrenceId: recurrenceTime === undefined ? null : { time: recurrenceTime, thisAndFuture: isThisAndFuture(properties) },
    ...readStanding(properties, reading.ownAddresses),
  };
  return { event, broken: broken.seen };
}

function zoneOf({ parameters }: IcsProperty, { zoneOf: find }: EventReading): EventZone {
  const tzid = parameters['tzid'];
  return typeof tzid === 'string' ? find(tzid) : { kind: 'host' };
}

function readTimes(property: IcsProperty, reading: EventReading, broken: { seen: boolean }): EventTime[] {
  return property.values.flatMap((value) => {
    const time = readTime(value, zoneOf(property, reading));
    if (time === null) broken.seen = true;
    return time === null ? [] : [time];
  });
}

/** UNTIL has no zone of its own: without a Z it is local to the series, which the domain sees to. */
function readRules(property: IcsProperty, broken: { seen: boolean }): RecurrenceRule[] {
  const rule = readRule(property.values[0], { kind: 'host' });
  if (rule === null) broken.seen = true;
  return rule === null ? [] : [rule];
}

function readExtraStarts(property: IcsProperty, reading: EventReading, broken: { seen: boolean }): CalendarEvent['extraStarts'][number][] {
  return property.values.flatMap((value) => {
    const [from, to] = Array.isArray(value) ? (value as unknown[]) : [value];
    const start = readTime(from, zoneOf(property, reading));
    if (start === null) broken.seen = true;
    return start === null ? [] : [{ start, length: to === undefined ? null : readPeriodEnd(to, zoneOf(property, reading)) }];
  });
}

/** A period brings the end of its instance along, which holds for that instance alone. */
function readPeriodEnd(to: unknown, zone: EventZone): EventLength | null {
  const duration = readDuration(to);
  if (duration !== null) return { kind: 'lasts', ...duration };
  const end = readTime(to, zone);
  return end === null ? null : { kind: 'ends', end };
}

function readLength(properties: readonly IcsProperty[], end: EventTime | undefined): EventLength {
  if (end !== undefined) return { kind: 'until', end };
  const duration = readDuration(properties.find(({ name }) => name === 'duration')?.values[0]);
  return duration === null ? { kind: 'none' } : { kind: 'lasts', ...duration };
}

function isThisAndFuture(properties: readonly IcsProperty[]): boolean {
  const range = properties.find(({ name }) => name === 'recurrence-id')?.parameters['range'];
  return typeof range === 'string' && range.toUpperCase() === 'THISANDFUTURE';
}

const SHOWN_AS: Readonly<Record<string, EventStanding['shownAs']>> = {
  FREE: 'free',
  TENTATIVE: 'tentative',
  OOF: 'outOfOffice',
  WORKINGELSEWHERE: 'workingElsewhere',
};
const ANSWERS: Readonly<Record<string, EventStanding['answer']>> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
  'NEEDS-ACTION': 'unanswered',
};

function readStanding(properties: readonly IcsProperty[], ownAddresses: readonly string[]): EventStanding {
  const status = textOf(properties, 'status').toUpperCase();
  const own = properties.find(({ name, values }) => name === 'attendee' && ownAddresses.includes(addressOf(values[0])));
  const partstat = own?.parameters['partstat'];
  return {
    status: status === 'CANCELLED' ? 'cancelled' : status === 'TENTATIVE' ? 'tentative' : 'confirmed',
    transparent: textOf(properties, 'transp').toUpperCase() === 'TRANSPARENT',
    shownAs: SHOWN_AS[textOf(properties, 'x-microsoft-cdo-busystatus').toUpperCase()] ?? 'busy',
    answer: own === undefined ? 'none' : (ANSWERS[typeof partstat === 'string' ? partstat.toUpperCase() : 'NEEDS-ACTION'] ?? 'unanswered'),
  };
}

function addressOf(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/^mailto:/i, '')
        .trim()
        .toLowerCase()
    : '';
}

function textOf(properties: readonly IcsProperty[], name: string): string {
  const value = properties.find((property) => property.name === name)?.values[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
