import { expandRecurringEvent, sync, type VEvent } from 'node-ical';
import { describe, expect, it } from 'vitest';
import { mergeIntervals } from '../../../shared/time/interval.ts';
import { calendarFile, writeBusy } from './calendar-file.ts';
import type { GoldenCase } from './golden-case.ts';
import { GOLDEN_CASES } from './golden-cases.ts';

const plain = (busy: readonly string[]): string[] => busy.map((text) => text.replace(/ .*$/, ''));

describe('a second reader, node-ical, finds the same times', () => {
  const agreed = GOLDEN_CASES.filter(({ secondReader }) => secondReader === undefined);
  it.each(agreed.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    expect(readWithNodeIcal(golden)).toEqual(plain(golden.busy));
  });
});

describe('where the second reader differs is known, and why', () => {
  const differing = GOLDEN_CASES.flatMap((golden) => (golden.secondReader === undefined ? [] : [{ ...golden, why: golden.secondReader }]));
  it.each(differing.map((golden) => [golden.name, golden.why, golden] as const))('%s: it %s', (_, _why, golden) => {
    expect(readWithNodeIcal(golden)).not.toEqual(plain(golden.busy));
  });
});

/** Whole days and floating times are on the clock of the process for node-ical, so the process goes to where the host is. */
function readWithNodeIcal(golden: GoldenCase): string[] {
  const from = new Date(golden.from ?? '2026-01-01');
  const to = new Date(golden.until ?? '2027-01-01');
  const home = process.env['TZ'];
  process.env['TZ'] = golden.hostZone ?? 'UTC';
  try {
    const events = Object.values(sync.parseICS(calendarFile(golden.lines))).filter(
      (component): component is VEvent => component?.type === 'VEVENT',
    );
    const found = events.flatMap((event) => expandRecurringEvent(event, { from, to, expandOngoing: true }));
    const intervals = found.map(({ start, end }) => ({ startMs: start.getTime(), endMs: end.getTime() }));
    return mergeIntervals(intervals).map((interval) => writeBusy({ ...interval, kind: 'busy', allDay: false }));
  } catch (error) {
    return [String(error)];
  } finally {
    if (home === undefined) delete process.env['TZ'];
    else process.env['TZ'] = home;
  }
}
