import { dayOrder, type Weekday } from '../../flow/availability/week.ts';
import type { SettingsTools } from './settings-tools.ts';

/** The whole name of a weekday in the reader's language. */
export function dayName({ formats }: Pick<SettingsTools, 'formats'>, day: Weekday): string {
  return formats.weekdays()[dayOrder(formats.firstWeekday).indexOf(day)]?.long ?? day;
}
