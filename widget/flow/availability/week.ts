import type { Hours, WeeklyHours } from '../../../shared/contract/schedule.ts';

/** In the order of ISO 8601. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The blocks of each day as somebody typed or painted them; they may touch or overlap, and be wrong for a while. */
export type Week = Readonly<Record<Weekday, readonly Hours[]>>;

/** Where an entry of `weeklyHours` came from, so that an objection to it finds its fields. */
export interface Source {
  readonly day: Weekday;
  readonly block: number;
}

export const EMPTY_WEEK: Week = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

/** Weekly hours by day, each day's blocks by their starts. */
export function weekOf(weeklyHours: readonly WeeklyHours[]): Week {
  const week: Record<Weekday, Hours[]> = structuredClone(EMPTY_WEEK) as Record<Weekday, Hours[]>;
  for (const { days, start, end } of weeklyHours) for (const day of days) week[day].push({ start, end });
  for (const day of WEEKDAYS) week[day].sort((one, other) => one.start.localeCompare(other.start));
  return week;
}

/** The same as the API takes it: days with the same block share an entry. `sources[i]` are the blocks that entry `i` stands for. */
export function weeklyHoursOf(week: Week): { readonly weeklyHours: WeeklyHours[]; readonly sources: readonly (readonly Source[])[] } {
  const entries = new Map<string, { hours: WeeklyHours; sources: Source[] }>();
  for (const day of WEEKDAYS) {
    week[day].forEach(({ start, end }, block) => {
      const key = `${start} ${end}`;
      const entry = entries.get(key) ?? { hours: { days: [], start, end }, sources: [] };
      if (!entry.hours.days.includes(day)) entry.hours.days.push(day);
      entry.sources.push({ day, block });
      entries.set(key, entry);
    });
  }
  const found = [...entries.values()];
  return { weeklyHours: found.map(({ hours }) => hours), sources: found.map(({ sources }) => sources) };
}

/** The days in the order a reader's week has; `firstWeekday` is ISO, 1 is Monday. */
export function dayOrder(firstWeekday: number): readonly Weekday[] {
  return [...WEEKDAYS.slice(firstWeekday - 1), ...WEEKDAYS.slice(0, firstWeekday - 1)];
}
