import { addHours, addMinutes, areIntervalsOverlapping } from 'date-fns';
import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';
import type { SlotQuestion } from '../../../server/domain/slots/question.ts';

/** The loop most sites write: walk the days, turn wall times into instants, skip what overlaps, format. No rule but hours and busy time. */
export function dateFnsTzDays(question: SlotQuestion): string {
  const { schedule, busyMs, fromMs, toMs, durationMinutes } = question;
  const { timeZone } = schedule;
  const busy = Array.from({ length: busyMs.length / 2 }, (_, i) => ({
    start: new Date(busyMs[2 * i]!),
    end: new Date(busyMs[2 * i + 1]!),
  }));
  const days: { date: string; available: boolean; slots: { start: string; end: string }[] }[] = [];
  // Noon is stepped, not midnight: adding days to midnight shows the day of a clock change twice.
  for (let day = addHours(fromMs, 12); day.getTime() < toMs; day = addHours(day, 24)) {
    const date = formatInTimeZone(day, timeZone, 'yyyy-MM-dd');
    const weekday = formatInTimeZone(day, timeZone, 'EEEE').toLowerCase();
    const slots: { start: string; end: string }[] = [];
    for (const hours of schedule.weeklyHours.filter((one) => (one.days as readonly string[]).includes(weekday))) {
      const closing = fromZonedTime(`${date}T${hours.end}:00`, timeZone);
      for (
        let start = fromZonedTime(`${date}T${hours.start}:00`, timeZone);
        ;
        start = addMinutes(start, question.rules.slotIntervalMinutes)
      ) {
        const end = addMinutes(start, durationMinutes);
        if (end > closing) break;
        if (busy.some((interval) => areIntervalsOverlapping(interval, { start, end }))) continue;
        const write = (instant: Date): string => formatInTimeZone(instant, timeZone, "yyyy-MM-dd'T'HH:mm:ssXXX");
        slots.push({ start: write(start), end: write(end) });
      }
    }
    days.push({ date, available: slots.length > 0, slots });
  }
  return JSON.stringify(days);
}
