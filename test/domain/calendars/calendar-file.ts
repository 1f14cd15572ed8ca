import type { BusyInterval } from '../../../server/domain/calendars/busy-interval.ts';

/** Lines of components as a whole calendar file. */
export function calendarFile(lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** `2026-08-03T14:00Z/2026-08-03T15:00Z`, and what is not plain busy time behind it. */
export function writeBusy({ startMs, endMs, kind, allDay }: BusyInterval): string {
  return [`${minuteOf(startMs)}/${minuteOf(endMs)}`, ...(kind === 'busy' ? [] : [kind]), ...(allDay ? ['allDay'] : [])].join(' ');
}

export function minuteOf(instantMs: number): string {
  return `${new Date(instantMs).toISOString().slice(0, 16)}Z`;
}
