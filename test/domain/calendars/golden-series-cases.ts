import { BERLIN, event, weeklyBerlin, WEEKLY_BERLIN, type GoldenCase } from './golden-case.ts';

/** Exceptions, and instances added, moved and taken out. */
export const GOLDEN_SERIES_CASES: readonly GoldenCase[] = [
  {
    name: 'EXDATE in the zone of the series takes one instance out',
    lines: weeklyBerlin(`EXDATE${BERLIN}20260330T090000`),
    busy: [WEEKLY_BERLIN[0], WEEKLY_BERLIN[2]],
  },
  {
    name: 'EXDATE in UTC takes out the instance at that instant',
    lines: weeklyBerlin('EXDATE:20260330T070000Z'),
    busy: [WEEKLY_BERLIN[0], WEEKLY_BERLIN[2]],
  },
  {
    name: 'EXDATE in UTC an hour off, as if the clocks had not changed, takes out nothing',
    lines: weeklyBerlin('EXDATE:20260330T080000Z'),
    busy: WEEKLY_BERLIN,
  },
  {
    name: 'EXDATE of a date takes out what starts on it',
    lines: weeklyBerlin('EXDATE;VALUE=DATE:20260330'),
    busy: [WEEKLY_BERLIN[0], WEEKLY_BERLIN[2]],
  },
  {
    name: 'RDATE adds instances of the same length, in whatever zone it is written',
    lines: event(`DTSTART${BERLIN}20260323T090000`, `DTEND${BERLIN}20260323T100000`, 'RDATE:20260401T070000Z,20260402T100000Z'),
    busy: ['2026-03-23T08:00Z/2026-03-23T09:00Z', '2026-04-01T07:00Z/2026-04-01T08:00Z', '2026-04-02T10:00Z/2026-04-02T11:00Z'],
    secondReader: 'does not read RDATE without RRULE',
  },
  {
    name: 'RDATE of periods brings their own lengths',
    lines: event(
      'DTSTART:20260323T080000Z',
      'DTEND:20260323T090000Z',
      'RDATE;VALUE=PERIOD:20260401T070000Z/PT3H,20260402T100000Z/20260402T103000Z',
    ),
    busy: ['2026-03-23T08:00Z/2026-03-23T09:00Z', '2026-04-01T07:00Z/2026-04-01T10:00Z', '2026-04-02T10:00Z/2026-04-02T10:30Z'],
    secondReader: 'does not read RDATE without RRULE',
  },
  {
    name: 'a moved instance frees its old time and takes the new one',
    lines: [
      ...weeklyBerlin(),
      ...event(`RECURRENCE-ID${BERLIN}20260330T090000`, `DTSTART${BERLIN}20260331T140000`, `DTEND${BERLIN}20260331T153000`),
    ],
    busy: [WEEKLY_BERLIN[0], '2026-03-31T12:00Z/2026-03-31T13:30Z', WEEKLY_BERLIN[2]],
  },
  {
    name: 'an instance named in UTC is the same instance',
    lines: [...weeklyBerlin(), ...event('RECURRENCE-ID:20260330T070000Z', 'DTSTART:20260331T120000Z', 'DTEND:20260331T130000Z')],
    busy: [WEEKLY_BERLIN[0], '2026-03-31T12:00Z/2026-03-31T13:00Z', WEEKLY_BERLIN[2]],
  },
  {
    name: 'a cancelled instance is free',
    lines: [
      ...weeklyBerlin(),
      ...event(
        `RECURRENCE-ID${BERLIN}20260330T090000`,
        `DTSTART${BERLIN}20260330T090000`,
        `DTEND${BERLIN}20260330T100000`,
        'STATUS:CANCELLED',
      ),
    ],
    busy: [WEEKLY_BERLIN[0], WEEKLY_BERLIN[2]],
    secondReader: 'reports the cancelled instance and leaves its status to the caller',
  },
  {
    name: 'an instance moved into the asked range from outside it blocks there',
    lines: [
      ...event('DTSTART:20260101T080000Z', 'DTEND:20260101T090000Z', 'RRULE:FREQ=MONTHLY;COUNT=3'),
      ...event('RECURRENCE-ID:20260301T080000Z', 'DTSTART:20260610T080000Z', 'DTEND:20260610T090000Z'),
    ],
    from: '2026-06-01',
    until: '2026-07-01',
    busy: ['2026-06-10T08:00Z/2026-06-10T09:00Z'],
  },
  {
    name: 'a change for this and future moves every later instance, over the change of the clocks too',
    lines: [
      ...weeklyBerlin(),
      ...event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T090000',
        `DTSTART${BERLIN}20260331T110000`,
        `DTEND${BERLIN}20260331T113000`,
      ),
    ],
    busy: [WEEKLY_BERLIN[0], '2026-03-31T09:00Z/2026-03-31T09:30Z', '2026-04-07T09:00Z/2026-04-07T09:30Z'],
    secondReader: 'knows no THISANDFUTURE',
  },
  {
    name: 'a series cancelled for this and future ends there',
    lines: [
      ...weeklyBerlin(),
      ...event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T090000',
        `DTSTART${BERLIN}20260330T090000`,
        `DTEND${BERLIN}20260330T100000`,
        'STATUS:CANCELLED',
      ),
    ],
    busy: [WEEKLY_BERLIN[0]],
    secondReader: 'knows no THISANDFUTURE',
  },
  {
    name: 'of two changes to one instance the higher SEQUENCE counts',
    lines: [
      ...weeklyBerlin(),
      ...event('SEQUENCE:2', 'RECURRENCE-ID:20260330T070000Z', 'DTSTART:20260331T120000Z', 'DTEND:20260331T130000Z'),
      ...event('SEQUENCE:1', 'RECURRENCE-ID:20260330T070000Z', 'DTSTART:20260401T120000Z', 'DTEND:20260401T130000Z'),
    ],
    busy: [WEEKLY_BERLIN[0], '2026-03-31T12:00Z/2026-03-31T13:00Z', WEEKLY_BERLIN[2]],
  },
];
