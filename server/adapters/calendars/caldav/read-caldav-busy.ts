import { calendarQuery, propfind } from 'tsdav';
import { busyOfEvents } from '../../../domain/calendars/busy-of-events.ts';
import type { BusyInterval } from '../../../domain/calendars/busy-interval.ts';
import type { BusyQuestion, BusyReading, CallOutcome } from '../contract.ts';
import { failed, unavailable } from '../failures.ts';
import { textField } from '../http/request-json.ts';
import { readCalendarFile } from '../ics/read-calendar-file.ts';
import type { Dav } from './open-dav.ts';

/**
 * Reads whole calendars and expands series here: servers are wrong about both expansion and time ranges (Xandikos leaves recurring events out of a range
 * they fall into). A calendar whose tag is the same as at the last reading is not read again.
 */
export async function readCaldavBusy(dav: Dav, question: BusyQuestion): Promise<CallOutcome<BusyReading>> {
  const validators = await readTags(dav, question.calendarIds);
  if (validators !== null && validators === question.validators) return { ok: true, value: { kind: 'unchanged' } };
  const busy: BusyInterval[] = [];
  let unreadable = 0;
  let unknownZones = 0;
  for (const url of question.calendarIds) {
    const found = await readCalendar(dav, url, question);
    if (!found.ok) return found;
    busy.push(...found.value.busy);
    unreadable += found.value.unreadable;
    unknownZones += found.value.unknownZones;
  }
  return { ok: true, value: { kind: 'read', busy, validators, unreadable, unknownZones } };
}

/** What changes with every change of the calendars; null where one of them has no such thing. */
async function readTags(dav: Dav, urls: readonly string[]): Promise<string | null> {
  const tags: string[] = [];
  for (const url of urls) {
    const props = { 'cs:getctag': {}, 'd:sync-token': {} };
    const [answer] = await propfind({ url, props, depth: '0', headers: dav.headers, fetch: dav.fetch });
    const tag = answer?.props?.['getctag'] ?? answer?.props?.['syncToken'];
    if (typeof tag !== 'string' && typeof tag !== 'number') return null;
    tags.push(String(tag));
  }
  return JSON.stringify(tags);
}

const ONLY_EVENTS = [{ 'comp-filter': { _attributes: { name: 'VCALENDAR' }, 'comp-filter': { _attributes: { name: 'VEVENT' } } } }];

interface CalendarReading {
  readonly busy: readonly BusyInterval[];
  readonly unreadable: number;
  readonly unknownZones: number;
}

async function readCalendar(dav: Dav, url: string, question: BusyQuestion): Promise<CallOutcome<CalendarReading>> {
  const props = { 'd:getetag': {}, 'c:calendar-data': {} };
  const objects = await calendarQuery({ url, props, filters: ONLY_EVENTS, depth: '1', headers: dav.headers, fetch: dav.fetch });
  const ownAddresses = dav.username.includes('@') ? [dav.username.toLowerCase()] : [];
  const count = { unreadable: 0, unknownZones: 0 };
  const events = [];
  for (const { props: answered } of objects) {
    const data: unknown = textField(answered?.['calendarData'], '_cdata') ?? answered?.['calendarData'];
    if (typeof data !== 'string') return unavailable('the CalDAV server left an event out of its answer');
    const file = readCalendarFile(data, { ownAddresses });
    if (file === null) count.unreadable += 1;
    else {
      events.push(...file.events);
      count.unreadable += file.unreadable;
      count.unknownZones += file.unknownZones;
    }
  }
  const answer = busyOfEvents({ ...question, events, ownUids: question.ownEventIds });
  return answer.ok ? { ok: true, value: { busy: answer.busy, ...count } } : failed('refused', 'the calendar repeats too often to be read');
}
