import { DAY_MS } from '../../../../shared/time/local-date.ts';
import type { EventTime } from '../../../domain/calendars/calendar-event.ts';
import { readTime } from '../ics/ics-property.ts';
import { namedZone } from '../ics/zone-of-tzid.ts';
import { field, textField } from '../http/request-json.ts';

/**
 * Graph's `{ dateTime: '2026-08-03T14:00:00.0000000', timeZone: 'UTC' }` as an event time; the zone may carry a Windows name. Of whole days only
 * the date counts, whatever the zone. Null where the time or the zone cannot be read.
 */
export function readGraphTime(value: unknown, isAllDay: boolean): EventTime | null {
  const dateTime = (textField(value, 'dateTime') ?? '').replace(/\.\d+/, '');
  const timeZone = textField(value, 'timeZone') ?? 'UTC';
  const zone = namedZone(timeZone === 'tzone://Microsoft/Utc' ? 'UTC' : timeZone);
  const time = zone === null ? null : readTime(dateTime, zone);
  if (time?.kind !== 'wall') return time;
  if (isAllDay) return { kind: 'date', date: Math.floor(time.wallMs / DAY_MS) };
  return time.zone.kind === 'iana' && time.zone.name === 'UTC' ? { kind: 'instant', instantMs: time.wallMs } : time;
}

/** A Graph event's start and end in ms; null where they cannot be read. Whole days are said by their UTC dates. */
export function graphInterval(item: unknown): { readonly startMs: number; readonly endMs: number } | null {
  const isAllDay = field(item, 'isAllDay') === true;
  const [startMs, endMs] = [field(item, 'start'), field(item, 'end')].map((value) => {
    const time = readGraphTime(value, isAllDay);
    return time?.kind === 'instant' ? time.instantMs : time?.kind === 'date' ? time.date * DAY_MS : null;
  });
  return typeof startMs === 'number' && typeof endMs === 'number' ? { startMs, endMs } : null;
}
