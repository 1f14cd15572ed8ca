import { formatInstant, offsetText } from '../../../shared/time/instant.ts';
import { DAY_MS, formatLocalDate, type LocalDate } from '../../../shared/time/local-date.ts';
import { zoneTable } from '../../../shared/time/zone-table.ts';

const MINUTE_MS = 60_000;

/** Starts to be shown to a viewer. */
export interface SlotList {
  /** Ascending, all in `[fromMs, toMs)`. */
  readonly startsMs: readonly number[];
  readonly durationMinutes: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The viewer's zone. It decides under which date a slot stands, never which slots there are. */
  readonly timeZone: string;
}

export interface DaySlots {
  readonly date: string;
  readonly available: boolean;
  readonly slots: readonly { readonly start: string; readonly end: string }[];
}

/** Groups starts by the viewer's local dates; every date that `[fromMs, toMs)` touches is listed, also the empty ones. */
export function groupSlots(list: SlotList): DaySlots[] {
  const durationMs = list.durationMinutes * MINUTE_MS;
  return groupByDate(list).map(({ date, fromIndex, untilIndex }) => ({
    date: formatLocalDate(date),
    available: untilIndex > fromIndex,
    slots: list.startsMs.slice(fromIndex, untilIndex).map((startMs) => ({
      start: formatInstant(startMs, list.timeZone),
      end: formatInstant(startMs + durationMs, list.timeZone),
    })),
  }));
}

interface DateGroup {
  readonly date: LocalDate;
  /** The group's starts stand at these indexes, `untilIndex` excluded. */
  readonly fromIndex: number;
  readonly untilIndex: number;
}

function groupByDate({ startsMs, fromMs, toMs, timeZone }: SlotList): DateGroup[] {
  if (!(toMs > fromMs)) return [];
  const zone = zoneTable(timeZone);
  const lastDate = zone.localDateAt(toMs - 1);
  const groups: DateGroup[] = [];
  let index = 0;
  for (let date = zone.localDateAt(fromMs); date <= lastDate; date += 1) {
    const nextMidnightMs = date === lastDate ? Infinity : zone.instantAt(date + 1, 0);
    const fromIndex = index;
    while (index < startsMs.length && startsMs[index]! < nextMidnightMs) index += 1;
    groups.push({ date, fromIndex, untilIndex: index });
  }
  return groups;
}

/**
 * The same days as JSON text, `[{"date":...,"available":...,"slots":[...]},...]`, byte for byte what `JSON.stringify(groupSlots(list))`
 * gives, in a tenth of the time: stringifying costs more than computing the slots.
 */
export function writeDays(list: SlotList): string {
  const zone = zoneTable(list.timeZone);
  const durationMs = list.durationMinutes * MINUTE_MS;
  const isUtc = list.timeZone === 'UTC';
  let text = '';
  for (const { date, fromIndex, untilIndex } of groupByDate(list)) {
    const dateText = formatLocalDate(date);
    const midnightWallMs = date * DAY_MS;
    text += `${text === '' ? '[' : ','}{"date":"${dateText}","available":${untilIndex > fromIndex},"slots":[`;
    let period = zone.periodAt(list.fromMs);
    let offset = '';
    let between = '';
    let behind = '';
    for (let i = fromIndex; i < untilIndex; i += 1) {
      const startMs = list.startsMs[i]!;
      const endMs = startMs + durationMs;
      if (offset === '' || startMs >= period.untilMs || startMs < period.fromMs) {
        period = zone.periodAt(startMs);
        offset = isUtc ? 'Z' : offsetText(period.offsetMs / MINUTE_MS);
        between = `:00${offset}","end":"${dateText}T`;
        behind = `:00${offset}"}`;
      }
      const startMinute = (startMs + period.offsetMs - midnightWallMs) / MINUTE_MS;
      const startClock = CLOCKS[startMinute];
      const endClock = endMs < period.untilMs ? CLOCKS[startMinute + list.durationMinutes] : undefined;
      text +=
        startClock === undefined || endClock === undefined
          ? `${i > fromIndex ? ',' : ''}{"start":"${formatInstant(startMs, list.timeZone)}","end":"${formatInstant(endMs, list.timeZone)}"}`
          : `${i > fromIndex ? ',{"start":"' : '{"start":"'}${dateText}T${startClock}${between}${endClock}${behind}`;
    }
    text += ']}';
  }
  return text === '' ? '[]' : `${text}]`;
}

/** `00:00` to `23:59` by minute of the day; other keys (a next day, part of a minute) are undefined and written the long way. */
const CLOCKS: readonly string[] = Array.from({ length: 1440 }, (_, minute) => {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}`;
});
