import { describe, expect, it } from 'vitest';
import { readCalendarFile } from '../../../server/adapters/calendars/ics/read-calendar-file.ts';
import { busyOfEvents } from '../../../server/domain/calendars/busy-of-events.ts';
import type { GoldenCase } from './golden-case.ts';
import { GOLDEN_CASES } from './golden-cases.ts';
import { calendarFile, writeBusy } from './calendar-file.ts';

describe('busy time of calendar files, worked out by hand', () => {
  it.each(GOLDEN_CASES.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const file = readCalendarFile(calendarFile(golden.lines), { ownAddresses: golden.ownAddresses ?? [] });
    expect(file).not.toBeNull();
    expect({ unreadable: file?.unreadable, unknownZones: file?.unknownZones }).toEqual({
      unreadable: golden.unreadable ?? 0,
      unknownZones: golden.unknownZones ?? 0,
    });
    const answer = busyOfEvents({ events: file?.events ?? [], ...questionOf(golden) });
    expect(answer.ok && answer.busy.map(writeBusy)).toEqual(golden.busy);
  });
});

function questionOf(golden: GoldenCase) {
  return {
    fromMs: Date.parse(golden.from ?? '2026-01-01'),
    untilMs: Date.parse(golden.until ?? '2027-01-01'),
    hostZone: golden.hostZone ?? 'UTC',
    ownUids: new Set(golden.ownUids),
  };
}
