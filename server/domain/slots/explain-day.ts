import type { Interval } from '../../../shared/time/interval.ts';
import type { LocalDate } from '../../../shared/time/local-date.ts';
import type { Purpose } from './caps.ts';
import { HostCalendar } from './host-calendar.ts';
import { judgeStart } from './judge-start.ts';
import { type OpenBlocks, openBlocks, windowsOf } from './open-blocks.ts';
import type { DateOverride, SlotQuestion } from './question.ts';
import type { SlotVerdict } from './slot-verdict.ts';

export interface ExplainedStart {
  readonly startMs: number;
  readonly verdict: SlotVerdict;
}

export interface ExplainedDay {
  /** The zone in which the date's hours are read. */
  readonly timeZone: string;
  readonly override: DateOverride | null;
  /** The date's own open hours as instants, not joined with its neighbours'. */
  readonly windows: readonly Interval[];
  readonly starts: readonly ExplainedStart[];
}

/**
 * Every grid start of a host-local date with its verdict, ascending. On a date with an override the starts of the weekly hours it
 * replaces are there too, each refused by it. A date without hours has no starts. Verdicts are those of the listing unless asked otherwise.
 */
export function explainDay(question: SlotQuestion, date: LocalDate, purpose: Purpose = 'listing'): ExplainedDay {
  const calendar = new HostCalendar(question.schedule);
  const blocks = openBlocks(calendar, date, date);
  const override = calendar.overrideOf(date);
  const judge = (startMs: number): ExplainedStart => ({ startMs, verdict: judgeStart(question, startMs, purpose) });
  const stepMs = question.rules.slotIntervalMinutes * 60_000;
  const starts = gridStarts(blocks, stepMs).map(judge);
  const replaced = override === null ? [] : gridStarts(openBlocks(withoutOverrides(question), date, date), stepMs).map(judge);
  return {
    timeZone: calendar.zoneOf(date).timeZone,
    override,
    windows: windowsOf(blocks),
    starts: [...starts, ...replaced.filter(({ verdict }) => isRefusedByOverride(verdict))]
      .sort((a, b) => a.startMs - b.startMs)
      .filter(({ startMs }, index, all) => startMs !== all[index - 1]?.startMs),
  };
}

function withoutOverrides({ schedule }: SlotQuestion): HostCalendar {
  return new HostCalendar({ ...schedule, dateOverrides: [] });
}

function gridStarts({ startsMs, endsMs }: OpenBlocks, stepMs: number): number[] {
  return startsMs.flatMap((blockStartMs, i) => {
    const starts: number[] = [];
    for (let startMs = blockStartMs; startMs < endsMs[i]!; startMs += stepMs) starts.push(startMs);
    return starts;
  });
}

function isRefusedByOverride(verdict: SlotVerdict): boolean {
  return !verdict.bookable && verdict.reason === 'date_override';
}
