import { describe, expect, it } from 'vitest';
import { busyBetween } from '../../../widget/flow/own-calendar/busy-between.ts';
import { ownEvents } from '../../../widget/flow/own-calendar/own-events.ts';
import { readCalendar } from '../../../widget/flow/own-calendar/read-calendar.ts';

const calendarOf = (...lines: readonly string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const eventOf = (...lines: readonly string[]) => calendarOf('BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT');

/** `from/to` of each busy stretch, as instants of UTC to the minute. */
function busyIn(text: string, from: string, to: string, zone = 'America/New_York'): string[] {
  const short = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  return busyBetween(ownEvents(text) ?? [], zone, Date.parse(from), Date.parse(to)).map(
    (busy) => `${short(busy.fromMs)}/${short(busy.toMs)}`,
  );
}
const WEEK = ['2026-08-03T00:00:00Z', '2026-08-10T00:00:00Z'] as const;

describe('one event', () => {
  it.each([
    ['in UTC', ['DTSTART:20260804T100000Z', 'DTEND:20260804T110000Z'], ['2026-08-04T10:00/2026-08-04T11:00']],
    [
      'in a zone of its own',
      ['DTSTART;TZID=Europe/Berlin:20260804T100000', 'DTEND;TZID=Europe/Berlin:20260804T110000'],
      ['2026-08-04T08:00/2026-08-04T09:00'],
    ],
    [
      'with a quoted zone after a path',
      ['DTSTART;TZID="/example.org/2026/Europe/Berlin":20260804T100000', 'DURATION:PT1H30M'],
      ['2026-08-04T08:00/2026-08-04T09:30'],
    ],
    [
      'in a zone nobody knows: where the visitor is',
      ['DTSTART;TZID=Romance Standard Time:20260804T100000', 'DURATION:PT1H'],
      ['2026-08-04T14:00/2026-08-04T15:00'],
    ],
    ['without a zone: where the visitor is', ['DTSTART:20260804T100000', 'DTEND:20260804T110000'], ['2026-08-04T14:00/2026-08-04T15:00']],
    [
      'on a whole day: from midnight to midnight where the visitor is',
      ['DTSTART;VALUE=DATE:20260804'],
      ['2026-08-04T04:00/2026-08-05T04:00'],
    ],
    [
      'over several days, the last one not counted',
      ['DTSTART;VALUE=DATE:20260804', 'DTEND;VALUE=DATE:20260807'],
      ['2026-08-04T04:00/2026-08-07T04:00'],
    ],
    ['that has begun before', ['DTSTART:20260802T230000Z', 'DTEND:20260803T010000Z'], ['2026-08-02T23:00/2026-08-03T01:00']],
    ['that ends as the stretch begins', ['DTSTART:20260802T230000Z', 'DTEND:20260803T000000Z'], []],
    ['that is shown as free', ['DTSTART:20260804T100000Z', 'DTEND:20260804T110000Z', 'TRANSP:TRANSPARENT'], []],
    ['that is cancelled', ['DTSTART:20260804T100000Z', 'DTEND:20260804T110000Z', 'STATUS:CANCELLED'], []],
    ['without any length', ['DTSTART:20260804T100000Z'], []],
    ['that ends before it begins', ['DTSTART:20260804T100000Z', 'DTEND:20260804T090000Z'], []],
    ['of an absurd length', ['DTSTART:20260804T100000Z', 'DURATION:P99999999999999D'], ['2026-08-04T10:00/2126-10-19T10:00']],
    [
      'with an alarm inside that has a length of its own',
      ['DTSTART:20260804T100000Z', 'BEGIN:VALARM', 'DURATION:PT5H', 'END:VALARM', 'DURATION:PT1H'],
      ['2026-08-04T10:00/2026-08-04T11:00'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(busyIn(eventOf(...lines), ...WEEK)).toEqual(expected);
  });

  it('whose lines are folded is read whole', () => {
    expect(
      busyIn(eventOf('SUMMARY:a\r\n  long\r\n\tone', 'DTSTART;TZID=Europe/\r\n Berlin:20260804T1\r\n\t00000', 'DURATION:PT1H'), ...WEEK),
    ).toEqual(['2026-08-04T08:00/2026-08-04T09:00']);
  });

  it('that lasts a day over a clock change lasts as long as that day', () => {
    expect(busyIn(eventOf('DTSTART;VALUE=DATE:20261101'), '2026-10-31T00:00:00Z', '2026-11-05T00:00:00Z')).toEqual([
      '2026-11-01T04:00/2026-11-02T05:00',
    ]);
  });

  it('in an hour that comes twice is at the first, in one that is left out an hour later by the clock', () => {
    const at = (wall: string) => eventOf(`DTSTART;TZID=America/New_York:${wall}`, 'DURATION:PT30M');
    expect(busyIn(at('20261101T013000'), '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')).toEqual(['2026-11-01T05:30/2026-11-01T06:00']);
    expect(busyIn(at('20260308T023000'), '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')).toEqual(['2026-03-08T07:30/2026-03-08T08:00']);
  });
});

describe('an event that comes again', () => {
  const BERLIN = ['DTSTART;TZID=Europe/Berlin:20260803T100000', 'DURATION:PT1H'];
  const startsOf = (rule: readonly string[], from: string, to: string, start = BERLIN) =>
    busyIn(eventOf(...start, ...rule), from, to).map((busy) => busy.slice(5, 16));

  it.each([
    ['every day', ['RRULE:FREQ=DAILY'], ['08-04T08:00', '08-05T08:00', '08-06T08:00']],
    ['every other day', ['RRULE:FREQ=DAILY;INTERVAL=2'], ['08-05T08:00']],
    ['on two weekdays', ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH'], ['08-04T08:00', '08-06T08:00']],
    ['a number of times', ['RRULE:FREQ=DAILY;COUNT=3'], ['08-04T08:00', '08-05T08:00']],
    ['until an instant, that one included', ['RRULE:FREQ=DAILY;UNTIL=20260805T080000Z'], ['08-04T08:00', '08-05T08:00']],
    ['until a date, that one included', ['RRULE:FREQ=DAILY;UNTIL=20260805'], ['08-04T08:00', '08-05T08:00']],
    ['without one that is left out', ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Berlin:20260805T100000'], ['08-04T08:00', '08-06T08:00']],
    ['without several, written in UTC', ['RRULE:FREQ=DAILY', 'EXDATE:20260804T080000Z,20260806T080000Z'], ['08-05T08:00']],
    ['without a whole day', ['RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20260805'], ['08-04T08:00', '08-06T08:00']],
  ])('%s', (_, rule, expected) => {
    expect(startsOf(rule, '2026-08-04T00:00:00Z', '2026-08-07T00:00:00Z')).toEqual(expected);
  });

  it('keeps its wall time when the clocks change', () => {
    expect(startsOf(['RRULE:FREQ=WEEKLY'], '2026-10-18T00:00:00Z', '2026-11-03T00:00:00Z')).toEqual([
      '10-19T08:00',
      '10-26T09:00',
      '11-02T09:00',
    ]);
  });

  it('every second week counts weeks from the day they begin with', () => {
    const start = ['DTSTART:20260804T100000Z', 'DURATION:PT1H'];
    const range = ['2026-08-04T00:00:00Z', '2026-08-25T00:00:00Z'] as const;
    expect(startsOf(['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO'], ...range, start)).toEqual([
      '08-04T10:00',
      '08-09T10:00',
      '08-18T10:00',
      '08-23T10:00',
    ]);
    expect(startsOf(['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU'], ...range, start)).toEqual([
      '08-04T10:00',
      '08-16T10:00',
      '08-18T10:00',
    ]);
  });

  it('every month leaves out months without that day, and knows the second Tuesday and the last Friday', () => {
    const range = ['2026-08-01T00:00:00Z', '2026-12-31T00:00:00Z'] as const;
    expect(startsOf(['RRULE:FREQ=MONTHLY'], ...range, ['DTSTART:20260131T100000Z', 'DURATION:PT1H'])).toEqual([
      '08-31T10:00',
      '10-31T10:00',
    ]);
    expect(startsOf(['RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=2'], ...range)).toEqual(['08-11T08:00', '09-08T08:00']);
    expect(startsOf(['RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR'], ...range)).toEqual(['08-28T08:00', '10-30T09:00', '12-25T09:00']);
  });

  it('for many years is found without walking through all of them', () => {
    const rule = ['DTSTART:19700101T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'];
    expect(startsOf(rule.slice(2), '2026-08-04T00:00:00Z', '2026-08-05T00:00:00Z', rule.slice(0, 2))).toEqual(['08-04T10:00']);
    const monthly = ['RRULE:FREQ=MONTHLY;BYMONTHDAY=4'];
    expect(startsOf(monthly, '2026-08-01T00:00:00Z', '2026-09-01T00:00:00Z', ['DTSTART:19700104T100000Z', 'DURATION:PT1H'])).toEqual([
      '08-04T10:00',
    ]);
  });

  it('a number of times over years is counted as the calendar does', () => {
    const start = ['DTSTART:20200107T100000Z', 'DURATION:PT1H'];
    const last = (count: number) =>
      startsOf([`RRULE:FREQ=WEEKLY;BYDAY=MO,TU,FR;COUNT=${count}`], '2026-08-03T00:00:00Z', '2026-08-09T00:00:00Z', start);
    // 7 January 2020 was a Tuesday, the Monday of that week does not count; the Monday is the 1029th.
    expect(last(1028)).toEqual([]);
    expect(last(1029)).toEqual(['08-03T10:00']);
    expect(last(1030)).toEqual(['08-03T10:00', '08-04T10:00']);
  });

  it('counts once where its rule says more than is followed here', () => {
    const beyond = [
      'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1',
      'FREQ=MONTHLY;BYMONTHDAY=3,17',
      'FREQ=MONTHLY;BYMONTH=9',
      'FREQ=DAILY;BYHOUR=10,11',
      'FREQ=HOURLY',
      '',
    ];
    for (const rule of beyond)
      expect(startsOf([`RRULE:${rule}`], '2026-08-01T00:00:00Z', '2026-12-01T00:00:00Z'), rule).toEqual(['08-03T08:00']);
  });

  it('ends, whatever its numbers', () => {
    for (const rule of ['INTERVAL=999999999', 'COUNT=999999999', 'INTERVAL=-1', 'INTERVAL=0', 'COUNT=x'])
      for (const every of ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])
        expect(startsOf([`RRULE:FREQ=${every};${rule}`], '2026-08-03T00:00:00Z', '2026-08-04T00:00:00Z')).toEqual(['08-03T08:00']);
  });

  it('leaves its place to an instance that was moved, also to one that was cancelled', () => {
    const one = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:series', ...lines, 'END:VEVENT'];
    const text = calendarOf(
      ...one('DTSTART:20260803T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      ...one('RECURRENCE-ID:20260804T100000Z', 'DTSTART:20260804T150000Z', 'DURATION:PT1H'),
      ...one('RECURRENCE-ID:20260805T100000Z', 'DTSTART:20260805T100000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'),
    );
    expect(busyIn(text, ...WEEK).map((busy) => busy.slice(5, 16))).toEqual(['08-03T10:00', '08-04T15:00']);
  });
});

describe('a file', () => {
  it('that is no calendar, or too big, is refused; one without busy times has none', async () => {
    expect(await readCalendar(new Blob(['<html>']))).toBe('ownUnreadable');
    expect(await readCalendar(new Blob([new Uint8Array(1_048_577)]))).toBe('ownTooBig');
    expect(await readCalendar(new Blob([calendarOf()]))).toMatchObject({ events: 0 });
  });

  it('with a byte order mark, bare line ends and lines of nonsense is read', async () => {
    const text = `\uFEFF${eventOf('nonsense', ':::', 'DTSTART:2026', 'DTSTART:20260804T100000Z', 'DURATION:PT1H').replaceAll('\r', '')}`;
    const calendar = await readCalendar(new Blob([text]));
    expect(typeof calendar === 'string' ? calendar : calendar.busyBetween('UTC', Date.parse(WEEK[0]), Date.parse(WEEK[1]))).toHaveLength(1);
  });

  it('full of old series is worked through in a blink', async () => {
    const events = Array.from(
      { length: 9000 },
      () => 'BEGIN:VEVENT\nDTSTART:19700101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYDAY=MO,TU;COUNT=2000\nEND:VEVENT',
    );
    const calendar = await readCalendar(new Blob([calendarOf(...events)]));
    if (typeof calendar === 'string') throw new Error(calendar);
    expect(calendar.events).toBe(9000);
    expect(calendar.busyBetween('UTC', Date.parse(WEEK[0]), Date.parse(WEEK[1]))).toEqual([]);
  });
});
