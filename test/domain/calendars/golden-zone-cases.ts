import { BERLIN, event, weeklyBerlin, WEEKLY_BERLIN, type GoldenCase } from './golden-case.ts';

/** -5, and -4 from the second Sunday of March to the first of November: New York under a name nobody knows. */
const OWN_RULES_ZONE = `BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`.split('\n');
const FIXED_ZONE = `BEGIN:VTIMEZONE
TZID:Site Time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE`.split('\n');
const LYING_BERLIN_ZONE = FIXED_ZONE.map((line) => line.replace('Site Time', 'Europe/Berlin'));

/** Times, zones and whole days. */
export const GOLDEN_ZONE_CASES: readonly GoldenCase[] = [
  {
    name: 'a time in UTC is that instant',
    lines: event('DTSTART:20260803T140000Z', 'DTEND:20260803T150000Z'),
    busy: ['2026-08-03T14:00Z/2026-08-03T15:00Z'],
  },
  {
    name: 'Berlin in August is two hours ahead',
    lines: event(`DTSTART${BERLIN}20260803T090000`, `DTEND${BERLIN}20260803T100000`),
    busy: ['2026-08-03T07:00Z/2026-08-03T08:00Z'],
  },
  {
    name: 'Berlin in January is one hour ahead',
    lines: event(`DTSTART${BERLIN}20260112T090000`, `DTEND${BERLIN}20260112T100000`),
    busy: ['2026-01-12T08:00Z/2026-01-12T09:00Z'],
  },
  {
    name: 'start and end in two zones are two instants, as a flight has them',
    lines: event(`DTSTART${BERLIN}20260803T100000`, 'DTEND;TZID=America/New_York:20260803T130000'),
    busy: ['2026-08-03T08:00Z/2026-08-03T17:00Z'],
  },
  {
    name: 'a weekly nine o’clock in Berlin stays at nine when the clocks go forward on 29 March',
    lines: weeklyBerlin(),
    busy: WEEKLY_BERLIN,
  },
  {
    name: 'a weekly nine o’clock in New York stays at nine when the clocks go back on 1 November',
    lines: event('DTSTART;TZID=America/New_York:20261026T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    busy: ['2026-10-26T13:00Z/2026-10-26T14:00Z', '2026-11-02T14:00Z/2026-11-02T15:00Z'],
  },
  {
    name: 'a weekly time in UTC does not move with anybody’s clocks',
    lines: event('DTSTART:20260323T080000Z', 'DTEND:20260323T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    busy: ['2026-03-23T08:00Z/2026-03-23T09:00Z', '2026-03-30T08:00Z/2026-03-30T09:00Z'],
  },
  {
    name: 'half past two on 29 March does not exist in Berlin: read with the offset before, and as long as on paper',
    lines: event(`DTSTART${BERLIN}20260329T023000`, `DTEND${BERLIN}20260329T033000`),
    busy: ['2026-03-29T01:30Z/2026-03-29T02:30Z'],
    secondReader: 'keeps both wall times, so the event has no length',
  },
  {
    name: 'half past two on 25 October happens twice in Berlin: the first is meant, and three o’clock comes an hour and a half later',
    lines: event(`DTSTART${BERLIN}20261025T023000`, `DTEND${BERLIN}20261025T030000`),
    busy: ['2026-10-25T00:30Z/2026-10-25T02:00Z'],
    secondReader: 'takes the second of the two',
  },
  {
    name: 'a night shift is nine hours long when the clocks go back',
    lines: event(`DTSTART${BERLIN}20261024T220000`, `DTEND${BERLIN}20261025T060000`),
    busy: ['2026-10-24T20:00Z/2026-10-25T05:00Z'],
  },
  {
    name: 'a repeated night shift ends at six, as the calendar shows it, when the clocks go back',
    lines: event(`DTSTART${BERLIN}20261023T220000`, `DTEND${BERLIN}20261024T060000`, 'RRULE:FREQ=DAILY;COUNT=2'),
    busy: ['2026-10-23T20:00Z/2026-10-24T04:00Z', '2026-10-24T20:00Z/2026-10-25T05:00Z'],
    secondReader: 'gives every instance the same exact length',
  },
  {
    name: 'a repeated night shift keeps its eight hours when the clocks go forward, because the later end is the safe one',
    lines: event(`DTSTART${BERLIN}20260327T220000`, `DTEND${BERLIN}20260328T060000`, 'RRULE:FREQ=DAILY;COUNT=2'),
    busy: ['2026-03-27T21:00Z/2026-03-28T05:00Z', '2026-03-28T21:00Z/2026-03-29T05:00Z'],
  },
  {
    name: 'Lord Howe turns back by half an hour: a quarter to two on 5 April is the first one',
    lines: event('DTSTART;TZID=Australia/Lord_Howe:20260405T014500', 'DTEND;TZID=Australia/Lord_Howe:20260405T021500'),
    busy: ['2026-04-04T14:45Z/2026-04-04T15:45Z'],
    secondReader: 'takes the second of the two',
  },
  {
    name: 'a whole day is the host’s day, from midnight to midnight in New York',
    lines: event('DTSTART;VALUE=DATE:20260704'),
    hostZone: 'America/New_York',
    busy: ['2026-07-04T04:00Z/2026-07-05T04:00Z allDay'],
  },
  {
    name: 'two whole days over the change of the clocks are 47 hours',
    lines: event('DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330'),
    hostZone: 'Europe/Berlin',
    busy: ['2026-03-27T23:00Z/2026-03-29T22:00Z allDay'],
  },
  {
    name: 'a whole day that ends on its own date is a day all the same',
    lines: event('DTSTART;VALUE=DATE:20260704', 'DTEND;VALUE=DATE:20260704'),
    busy: ['2026-07-04T00:00Z/2026-07-05T00:00Z allDay'],
  },
  {
    name: 'eight digits are a date, also where VALUE=DATE was forgotten',
    lines: event('DTSTART:20260704', 'DTEND:20260705'),
    busy: ['2026-07-04T00:00Z/2026-07-05T00:00Z allDay'],
  },
  {
    name: 'a yearly whole day is not off by one east of Greenwich',
    lines: event('DTSTART;VALUE=DATE:20200229', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'),
    hostZone: 'Pacific/Auckland',
    busy: ['2026-02-27T11:00Z/2026-02-28T11:00Z allDay'],
  },
  {
    name: 'a floating time is on the host’s clock',
    lines: event('DTSTART:20260803T090000', 'DTEND:20260803T100000'),
    hostZone: 'Asia/Kolkata',
    busy: ['2026-08-03T03:30Z/2026-08-03T04:30Z'],
  },
  {
    name: 'a repeated floating time follows the host’s clocks',
    lines: event('DTSTART:20260323T090000', 'DTEND:20260323T100000', 'RRULE:FREQ=WEEKLY;COUNT=2'),
    hostZone: 'Europe/Berlin',
    busy: ['2026-03-23T08:00Z/2026-03-23T09:00Z', '2026-03-30T07:00Z/2026-03-30T08:00Z'],
    secondReader: 'repeats floating times as if they were UTC',
  },
  {
    name: 'Windows names of zones are understood',
    lines: event('DTSTART;TZID=W. Europe Standard Time:20260803T090000', 'DTEND;TZID="India Standard Time":20260803T133000'),
    busy: ['2026-08-03T07:00Z/2026-08-03T08:00Z'],
  },
  {
    name: 'a path in front of the name of a zone is passed over',
    lines: event('DTSTART;TZID=/mozilla.org/20070129_1/America/Argentina/Buenos_Aires:20260803T090000', 'DURATION:PT1H'),
    busy: ['2026-08-03T12:00Z/2026-08-03T13:00Z'],
    secondReader: 'does not know the path',
  },
  {
    name: 'a zone of the file’s own, without change of clocks',
    lines: [...FIXED_ZONE, ...event('DTSTART;TZID=Site Time:20260803T090000', 'DTEND;TZID=Site Time:20260803T100000')],
    busy: ['2026-08-03T06:00Z/2026-08-03T07:00Z'],
    secondReader: 'guesses another zone for a name it does not know',
  },
  {
    name: 'a zone of the file’s own changes its clocks by its own rules: on 8 March',
    lines: [...OWN_RULES_ZONE, ...event('DTSTART;TZID=Customized Time Zone:20260302T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2')],
    busy: ['2026-03-02T14:00Z/2026-03-02T15:00Z', '2026-03-09T13:00Z/2026-03-09T14:00Z'],
  },
  {
    name: 'a known name goes before the rules the file gives it, because files carry outdated ones',
    lines: [...LYING_BERLIN_ZONE, ...event(`DTSTART${BERLIN}20260803T090000`, 'DURATION:PT1H')],
    busy: ['2026-08-03T07:00Z/2026-08-03T08:00Z'],
  },
  {
    name: 'a zone nobody explains is read as the host’s, and said',
    lines: event('DTSTART;TZID=Somewhere:20260803T090000', 'DURATION:PT1H'),
    hostZone: 'Asia/Kolkata',
    busy: ['2026-08-03T03:30Z/2026-08-03T04:30Z'],
    unknownZones: 1,
  },
  {
    name: 'an unquoted zone name with a colon does not eat the time',
    lines: [
      ...FIXED_ZONE.map((line) => line.replace('Site Time', '(UTC+03:00) Kuwait, Riyadh')),
      ...event('DTSTART;TZID=(UTC+03:00) Kuwait, Riyadh:20260803T090000', 'DURATION:PT1H'),
    ],
    busy: ['2026-08-03T06:00Z/2026-08-03T07:00Z'],
    secondReader: 'reads the name only up to its colon',
  },
];
