import { type CalendarLine, calendarLines } from './calendar-lines.ts';
import { type Moment, momentsOf } from './moment.ts';
import { type Repetition, repetitionOf } from './repetition.ts';

/** Longer is no event but a mistake, and beyond what dates can be reckoned with. */
const MOST_DAYS = 36_600;

/** One event of the visitor's, as far as it keeps them busy. */
export interface OwnEvent {
  readonly start: Moment;
  readonly end: Moment | null;
  /** Where no end is written: whole days by the clock, and the time beyond them. */
  readonly length: { readonly days: number; readonly ms: number };
  readonly repetition: Repetition | null;
  readonly left: readonly Moment[];
}

/** The events of a calendar file that keep a person busy; `null` for a text that is no calendar. Those that cannot be read are left out. */
export function ownEvents(text: string): OwnEvent[] | null {
  const blocks = eventBlocks(calendarLines(text.replace(/^\uFEFF/, '')));
  if (blocks === null) return null;
  // An instance that was changed by itself comes as an event of its own; the series leaves its place empty.
  const replaced = new Map<string, Moment[]>();
  for (const block of blocks) {
    const instead = valuesOf(block, 'RECURRENCE-ID').flatMap(momentsOf);
    const id = valueOf(block, 'UID');
    if (id !== '' && instead.length > 0) replaced.set(id, [...(replaced.get(id) ?? []), ...instead]);
  }
  return blocks.flatMap((block) => {
    const isFree = valueOf(block, 'TRANSP').toUpperCase() === 'TRANSPARENT' || valueOf(block, 'STATUS').toUpperCase() === 'CANCELLED';
    const [start] = valuesOf(block, 'DTSTART').flatMap(momentsOf);
    if (isFree || start === undefined) return [];
    const [end = null] = valuesOf(block, 'DTEND').flatMap(momentsOf);
    const [rule] = valuesOf(block, 'RRULE');
    const isChanged = valuesOf(block, 'RECURRENCE-ID').length > 0;
    return [
      {
        start,
        end,
        length: lengthOf(valueOf(block, 'DURATION'), start),
        repetition: rule === undefined || isChanged ? null : repetitionOf(rule),
        left: [...valuesOf(block, 'EXDATE').flatMap(momentsOf), ...(isChanged ? [] : (replaced.get(valueOf(block, 'UID')) ?? []))],
      },
    ];
  });
}

/** The properties of each event, without those of what lies inside it (alarms). */
function eventBlocks(lines: readonly CalendarLine[]): CalendarLine[][] | null {
  const blocks: CalendarLine[][] = [];
  const path: string[] = [];
  let isCalendar = false;
  for (const line of lines) {
    const value = line.value.toUpperCase();
    if (line.name === 'BEGIN') {
      path.push(value);
      isCalendar ||= value === 'VCALENDAR';
      if (value === 'VEVENT') blocks.push([]);
    } else if (line.name === 'END') path.pop();
    else if (path.at(-1) === 'VEVENT') blocks.at(-1)?.push(line);
  }
  return isCalendar ? blocks : null;
}

const valuesOf = (block: readonly CalendarLine[], wanted: string) => block.filter(({ name }) => name === wanted);
const valueOf = (block: readonly CalendarLine[], wanted: string) => valuesOf(block, wanted)[0]?.value ?? '';

/** `P1DT2H30M`; a date alone lasts that day, anything else without an end no time at all. */
function lengthOf(text: string, start: Moment): OwnEvent['length'] {
  const found = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (found === null) return { days: start.isDate ? 1 : 0, ms: 0 };
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { days: Math.min(weeks * 7 + days, MOST_DAYS), ms: Math.min((hours * 60 + minutes) * 60 + seconds, MOST_DAYS * 86_400) * 1000 };
}
