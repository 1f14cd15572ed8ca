import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { CELL_MINUTES, CELLS, cellsOf, joinHours, minutesOf, paintHours, timeOf } from '../../../widget/flow/availability/paint-hours.ts';
import { dayOrder, EMPTY_WEEK, WEEKDAYS, weeklyHoursOf, weekOf } from '../../../widget/flow/availability/week.ts';

const hours = (...blocks: string[]) =>
  blocks.map((block) => ({ start: block.split('-')[0] as string, end: block.split('-')[1] as string }));
const cellAt = (time: string) => minutesOf(time) / CELL_MINUTES;

describe('painting one day', () => {
  test.each([
    ['opens a closed day', [], '09:00', '10:30', 'open', ['09:00-11:00']],
    ['joins what touches', ['09:00-10:00'], '10:00', '10:30', 'open', ['09:00-11:00']],
    ['fills a gap', ['09:00-10:00', '11:00-12:00'], '10:00', '10:30', 'open', ['09:00-12:00']],
    ['is the same drawn upwards', [], '10:30', '09:00', 'open', ['09:00-11:00']],
    ['reaches midnight as 24:00', [], '23:30', '23:30', 'open', ['23:30-24:00']],
    ['takes out of the middle', ['09:00-17:00'], '12:00', '12:30', 'closed', ['09:00-12:00', '13:00-17:00']],
    ['closes everything', ['09:00-12:00', '13:00-17:00'], '00:00', '23:30', 'closed', []],
    ['keeps odd minutes beside the stroke', ['09:10-10:50'], '10:30', '10:30', 'closed', ['09:10-10:30']],
    ['fills up a cell that is partly open', ['09:10-10:50'], '09:00', '09:00', 'open', ['09:00-10:50']],
    ['leaves a block without length out', ['12:00-12:00'], '09:00', '09:00', 'open', ['09:00-09:30']],
  ] as const)('%s', (_name, before, from, to, as, after) => {
    const week = { ...EMPTY_WEEK, tuesday: hours(...before) };
    expect(paintHours(week, { days: ['tuesday'], first: cellAt(from), last: cellAt(to), as }).tuesday).toEqual(hours(...after));
  });

  test('touches no other day, not even to tidy it up', () => {
    const wrong = hours('17:00-09:00');
    const after = paintHours({ ...EMPTY_WEEK, friday: wrong }, { days: ['monday', 'tuesday'], first: 18, last: 19, as: 'open' });
    expect(after).toEqual({ ...EMPTY_WEEK, monday: hours('09:00-10:00'), tuesday: hours('09:00-10:00'), friday: wrong });
  });

  test('shows what it painted, whatever stood there before', () => {
    const block = fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 })).map(([from, to]) => ({
      start: timeOf(from),
      end: timeOf(to),
    }));
    const cell = fc.integer({ min: 0, max: CELLS - 1 });
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 6 }),
        cell,
        cell,
        fc.constantFrom('open' as const, 'closed' as const),
        (before, one, other, as) => {
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          const after = paintHours({ ...EMPTY_WEEK, monday: before }, { days: ['monday'], first: one, last: other, as }).monday;
          const cells = cellsOf(after);
          const shown = cellsOf(before);
          cells.forEach((state, index) => expect(state).toBe(index >= first && index <= last ? as : shown[index]));
          expect(joinHours(after), 'blocks stand apart and in order').toEqual(after);
        },
      ),
    );
  });
});

describe('a cell', () => {
  test.each([
    ['09:00-09:30', 'open'],
    ['08:00-17:00', 'open'],
    ['09:10-09:30', 'partly'],
    ['09:29-12:00', 'partly'],
    ['08:00-09:00', 'closed'],
    ['09:30-10:00', 'closed'],
  ] as const)('from 09:00 to 09:30 with %s is %s', (block, state) => {
    expect(cellsOf(hours(block))[cellAt('09:00')]).toBe(state);
  });

  test('is open when two blocks fill it together', () => {
    expect(cellsOf(hours('09:00-09:15', '09:15-09:30'))[18]).toBe('open');
  });
});

describe('a week', () => {
  test('goes to the API and back without a change, days with the same hours together', () => {
    const weeklyHours = [
      { days: ['monday' as const, 'friday' as const], start: '09:00', end: '12:00' },
      { days: ['friday' as const], start: '13:00', end: '24:00' },
    ];
    expect(weeklyHoursOf(weekOf(weeklyHours)).weeklyHours).toEqual(weeklyHours);
  });

  test('knows which blocks an entry stands for, so that an objection finds its fields', () => {
    const { sources } = weeklyHoursOf({ ...EMPTY_WEEK, monday: hours('08:00-09:00', '10:00-12:00'), sunday: hours('10:00-12:00') });
    expect(sources[1]).toEqual([
      { day: 'monday', block: 1 },
      { day: 'sunday', block: 0 },
    ]);
  });

  test('begins where the reader’s weeks begin', () => {
    expect([1, 6, 7].map((first) => dayOrder(first)[0])).toEqual(['monday', 'saturday', 'sunday']);
    expect(dayOrder(7).toSorted()).toEqual(WEEKDAYS.toSorted());
  });
});
