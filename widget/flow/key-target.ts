import { addDays, weekdayOf } from '../time/local-date.ts';
import { moveByMonths } from '../time/move-by-months.ts';

/**
 * The day a key leads to in a grid of days, as the ARIA Authoring Practices have it; `null` for a key that chooses. `forward` is 1 where reading
 * goes to the right, -1 where it goes to the left; `firstWeekday` is the ISO weekday the reader's weeks begin with.
 */
export function keyTarget(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  date: string,
  forward: 1 | -1,
  firstWeekday: number,
): string | null {
  const intoWeek = (weekdayOf(date) - firstWeekday + 7) % 7;
  switch (key) {
    case 'ArrowRight':
      return addDays(date, forward);
    case 'ArrowLeft':
      return addDays(date, -forward);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'Home':
      return addDays(date, -intoWeek);
    case 'End':
      return addDays(date, 6 - intoWeek);
    case 'PageDown':
      return moveByMonths(date, shiftKey ? 12 : 1);
    case 'PageUp':
      return moveByMonths(date, shiftKey ? -12 : -1);
    default:
      return null;
  }
}
