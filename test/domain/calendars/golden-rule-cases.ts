import { BERLIN, event, WEEKLY_BERLIN, type GoldenCase } from './golden-case.ts';

/** Recurrence rules, lengths, and what is broken. */
export const GOLDEN_RULE_CASES: readonly GoldenCase[] = [
  {
    name: 'UNTIL counts its own instant in',
    lines: event(`DTSTART${BERLIN}20260323T090000`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;UNTIL=20260330T070000Z'),
    busy: WEEKLY_BERLIN.slice(0, 2),
  },
  {
    name: 'an UNTIL one second early leaves the last instance out',
    lines: event(`DTSTART${BERLIN}20260323T090000`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;UNTIL=20260330T065959Z'),
    busy: WEEKLY_BERLIN.slice(0, 1),
  },
  {
    name: 'an UNTIL that is a date counts the whole of it in',
    lines: event(`DTSTART${BERLIN}20260323T090000`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;UNTIL=20260330'),
    busy: WEEKLY_BERLIN.slice(0, 2),
  },
  {
    name: 'a day of DURATION is a day on the calendar, 24 hours are 24 hours',
    lines: [
      ...event(`DTSTART${BERLIN}20260328T120000`, 'DURATION:P1D'),
      ...event('DTSTART;TZID=Europe/Berlin:20261024T120000', 'DURATION:PT24H').map((line) => line.replace('one', 'two')),
    ],
    busy: ['2026-03-28T11:00Z/2026-03-29T10:00Z', '2026-10-24T10:00Z/2026-10-25T10:00Z'],
    secondReader: 'takes a day for 24 hours',
  },
  {
    name: 'the last Friday of each month',
    lines: event('DTSTART:20260130T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3'),
    busy: ['2026-01-30T10:00Z/2026-01-30T11:00Z', '2026-02-27T10:00Z/2026-02-27T11:00Z', '2026-03-27T10:00Z/2026-03-27T11:00Z'],
  },
  {
    name: 'months without a 31st are passed over',
    lines: event('DTSTART:20260131T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;COUNT=3'),
    busy: ['2026-01-31T10:00Z/2026-01-31T11:00Z', '2026-03-31T10:00Z/2026-03-31T11:00Z', '2026-05-31T10:00Z/2026-05-31T11:00Z'],
  },
  {
    name: 'the last working day of each month',
    lines: event('DTSTART:20260130T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2'),
    busy: ['2026-01-30T10:00Z/2026-01-30T11:00Z', '2026-02-27T10:00Z/2026-02-27T11:00Z'],
  },
  {
    name: 'every second week counted from Monday (the example of RFC 5545)',
    lines: event('DTSTART:19970805T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO'),
    from: '1997-08-01',
    until: '1997-10-01',
    busy: ['05', '10', '19', '24'].map((day) => `1997-08-${day}T09:00Z/1997-08-${day}T10:00Z`),
  },
  {
    name: 'every second week counted from Sunday (the example of RFC 5545)',
    lines: event('DTSTART:19970805T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU'),
    from: '1997-08-01',
    until: '1997-10-01',
    busy: ['05', '17', '19', '31'].map((day) => `1997-08-${day}T09:00Z/1997-08-${day}T10:00Z`),
  },
  {
    name: 'a daily series that began in 1998 and never ends is found today',
    lines: event(`DTSTART${BERLIN}19980101T120000`, 'DURATION:PT30M', 'RRULE:FREQ=DAILY'),
    from: '2026-10-24',
    until: '2026-10-26',
    busy: ['2026-10-24T10:00Z/2026-10-24T10:30Z', '2026-10-25T11:00Z/2026-10-25T11:30Z'],
  },
  {
    name: 'every six hours, four times: touching stretches are one',
    lines: event('DTSTART:20260803T000000Z', 'DURATION:PT6H', 'RRULE:FREQ=HOURLY;INTERVAL=6;COUNT=4'),
    busy: ['2026-08-03T00:00Z/2026-08-04T00:00Z'],
  },
  {
    name: 'broken lines cost themselves only: a broken start the event, a broken rule the repetition, a broken title nothing',
    lines: [
      ...event('DTSTART:tomorrow', 'DURATION:PT1H'),
      ...event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'RRULE:FREQ=SOMETIMES').map((line) => line.replace('one', 'two')),
      ...event('DTSTART:20260804T140000Z', 'DURATION:PT1H', 'SUMMARY', '::::', 'DESCRIPTION;X=":y').map((line) =>
        line.replace('one', 'three'),
      ),
    ],
    busy: ['2026-08-03T14:00Z/2026-08-03T15:00Z', '2026-08-04T14:00Z/2026-08-04T15:00Z'],
    unreadable: 2,
    secondReader: 'gives the whole file up',
  },
];
