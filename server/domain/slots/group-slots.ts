import { formatInstant, offsetText } from '../../../shared/time/instant.ts';
import { DAY_MS, formatLocalDate, type LocalDate } from '../../../shared/time/local-date.ts';
import { type ZoneTable, zoneTable } from '../../../shared/time/zone-table.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

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
  let text = '';
  for (const group of groupByDate(list)) {
    const date = formatLocalDate(group.date);
    text += text === '' ? '[' : ',';
    text +=
      group.untilIndex > group.fromIndex
        ? `{"date":"${date}","available":true,"slots":[{"start":"`
        : `{"date":"${date}","available":false,"slots":[]}`;
    if (group.untilIndex > group.fromIndex) text = writeSlots(text, date, group, list, zone);
  }
  return text === '' ? '[]' : `${text}]`;
}

/** A slot is the date, a piece that depends on the minute, the date, another such piece: four strings to glue, and the pieces are kept. */
function writeSlots(before: string, dateText: string, { date, fromIndex, untilIndex }: DateGroup, list: SlotList, zone: ZoneTable): string {
  const { startsMs, durationMinutes, timeZone } = list;
  const tableAt = (offsetMs: number): PieceTable =>
    pieceTable(timeZone === 'UTC' ? 'Z' : offsetText(offsetMs / MINUTE_MS), durationMinutes);
  let period = zone.periodAt(startsMs[fromIndex]!);
  let table = tableAt(period.offsetMs);
  let text = before;
  for (let i = fromIndex; i < untilIndex; i += 1) {
    const startMs = startsMs[i]!;
    if (startMs >= period.untilMs) {
      period = zone.periodAt(startMs);
      table = tableAt(period.offsetMs);
    }
    const endMs = startMs + durationMinutes * MINUTE_MS;
    const piece = endMs < period.untilMs ? pieceAt(table, (startMs + period.offsetMs - date * DAY_MS) / MINUTE_MS) : null;
    const isLast = i === untilIndex - 1;
    text +=
      piece === null
        ? `${formatInstant(startMs, timeZone)}","end":"${formatInstant(endMs, timeZone)}${isLast ? LAST : NEXT}`
        : dateText +
          piece.start +
          (piece.daysOn === 0 ? dateText : formatLocalDate(date + piece.daysOn)) +
          (isLast ? piece.lastEnd : piece.end);
  }
  return `${text}]}`;
}

const NEXT = '"},{"start":"';
const LAST = '"}';

/** What of a slot does not depend on its date. */
interface Piece {
  readonly start: string;
  readonly end: string;
  readonly lastEnd: string;
  /** How many dates later it ends: for a viewer far away most evenings run into the next one. */
  readonly daysOn: number;
}

interface PieceTable {
  readonly offset: string;
  readonly durationMinutes: number;
  /** By minute of the day, filled as they are needed. */
  readonly pieces: (Piece | undefined)[];
}

const tables = new Map<string, PieceTable>();
/** Few offsets and durations are in use at a time; a full table weighs some 200 kB. */
const MAX_TABLES = 48;

function pieceTable(offset: string, durationMinutes: number): PieceTable {
  const key = `${durationMinutes} ${offset}`;
  let table = tables.get(key);
  if (table === undefined) {
    if (tables.size >= MAX_TABLES) tables.clear();
    table = { offset, durationMinutes, pieces: [] };
    tables.set(key, table);
  }
  return table;
}

/** Null when the slot starts off the minute: such slots are written the long way. */
function pieceAt(table: PieceTable, minute: number): Piece | null {
  const known = table.pieces[minute];
  if (known !== undefined) return known;
  const endMinute = minute + table.durationMinutes;
  if (!Number.isInteger(minute) || !Number.isInteger(endMinute)) return null;
  const end = `T${clockText(endMinute % DAY_MINUTES)}:00${table.offset}`;
  const piece: Piece = {
    start: `T${clockText(minute)}:00${table.offset}","end":"`,
    end: end + NEXT,
    lastEnd: end + LAST,
    daysOn: Math.floor(endMinute / DAY_MINUTES),
  };
  table.pieces[minute] = piece;
  return piece;
}

function clockText(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `${hours < 10 ? '0' : ''}${hours}:${minutes < 10 ? '0' : ''}${minutes}`;
}
