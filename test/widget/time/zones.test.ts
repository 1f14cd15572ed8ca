import { describe, expect, it } from 'vitest';
import { weeksOf } from '../../../widget/time/local-date.ts';
import { instantIn } from '../../../widget/time/instants.ts';
import { moveByMonths } from '../../../widget/time/move-by-months.ts';
import { cityOf, isKnownZone, offsetLabel } from '../../../widget/time/zones.ts';

describe('an instant on a clock', () => {
  it.each([
    ['Asia/Kathmandu', '2026-08-03T14:00:00Z', '2026-08-03T19:45:00+05:45', 'GMT+5:45'],
    ['America/St_Johns', '2026-08-03T14:00:30.500Z', '2026-08-03T11:30:30-02:30', 'GMT−2:30'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-04-05T01:30:00+10:30', 'GMT+10:30'],
    ['Pacific/Apia', '2026-08-03T14:00:00Z', '2026-08-04T03:00:00+13:00', 'GMT+13'],
    ['Mars/Base', '2026-08-03T14:00:00Z', '2026-08-03T14:00:00+00:00', 'GMT'],
  ])('in %s carries its wall time and offset', (zone, instant, text, label) => {
    expect(instantIn(zone, Date.parse(instant))).toBe(text);
    expect(offsetLabel(text)).toBe(label);
  });
});

describe('a zone', () => {
  it('is called by its city, in the spelling of today', () => {
    expect(cityOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
    expect(cityOf('Asia/Katmandu')).toBe('Kathmandu');
  });

  it('is known or not', () => {
    expect([isKnownZone('Asia/Calcutta'), isKnownZone('Mars/Base')]).toEqual([true, false]);
  });
});

describe('calendar dates', () => {
  it('stay within a shorter month', () => {
    expect(moveByMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(moveByMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect(moveByMonths('2027-01-15', -1)).toBe('2026-12-15');
  });

  it('fill weeks that begin where the reader’s do', () => {
    expect(weeksOf('2026-08', 1)[0]).toEqual([null, null, null, null, null, '2026-08-01', '2026-08-02']);
    expect(weeksOf('2026-02', 7)).toHaveLength(4);
    expect(
      weeksOf('2026-08', 7)
        .flat()
        .filter((date) => date !== null),
    ).toHaveLength(31);
  });
});
