/** One calendar file and its busy time, worked out by hand. */
export interface GoldenCase {
  /** A claim with its reason. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly hostZone?: string;
  /** `2026-01-01` to `2027-01-01` where nothing is said. */
  readonly from?: string;
  readonly until?: string;
  /** `start/end` in UTC, with ` kind` behind it unless it is plain busy time, and ` allDay`. */
  readonly busy: readonly string[];
  readonly ownUids?: readonly string[];
  readonly ownAddresses?: readonly string[];
  readonly unreadable?: number;
  readonly unknownZones?: number;
  /** Why node-ical, the second reader, answers something else, where it does. */
  readonly secondReader?: string;
}

const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT'];

/** Clocks of 2026: Berlin +1 until 03-29 01:00Z, +2 until 10-25 01:00Z; New York -5 until 03-08 07:00Z, -4 until 11-01 06:00Z. */
const BERLIN = ';TZID=Europe/Berlin:';
const weeklyBerlin = (...more: readonly string[]): string[] =>
  event(`DTSTART${BERLIN}20260323T090000`, `DTEND${BERLIN}20260323T100000`, 'RRULE:FREQ=WEEKLY;COUNT=3', ...more);
const WEEKLY_BERLIN = [
  '2026-03-23T08:00Z/2026-03-23T09:00Z',
  '2026-03-30T07:00Z/2026-03-30T08:00Z',
  '2026-04-06T07:00Z/2026-04-06T08:00Z',
] as const;

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

export const GOLDEN_CASES: readonly GoldenCase[] = [
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
  {
    name: 'TRANSPARENT never blocks',
    lines: event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'),
    busy: [],
    secondReader: 'leaves TRANSP to the caller',
  },
  {
    name: 'CANCELLED never blocks',
    lines: event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'),
    busy: [],
    secondReader: 'leaves STATUS to the caller',
  },
  {
    name: 'Outlook’s FREE never blocks, although Outlook calls it opaque',
    lines: event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'TRANSP:OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'),
    busy: [],
    secondReader: 'leaves the busy status to the caller',
  },
  {
    name: 'tentative, absent and elsewhere are told apart for the host to choose from',
    lines: [
      ...event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE'),
      ...event('DTSTART:20260804T140000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF').map((line) => line.replace('one', 'two')),
      ...event('DTSTART:20260805T140000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE').map((line) =>
        line.replace('one', 'three'),
      ),
    ],
    busy: [
      '2026-08-03T14:00Z/2026-08-03T15:00Z tentative',
      '2026-08-04T14:00Z/2026-08-04T15:00Z outOfOffice',
      '2026-08-05T14:00Z/2026-08-05T15:00Z workingElsewhere',
    ],
  },
  {
    name: 'an invitation the host declined is free, one not answered is told apart, others’ answers do not matter',
    lines: [
      ...event('DTSTART:20260803T140000Z', 'DURATION:PT1H', 'ATTENDEE;PARTSTAT=DECLINED:mailto:Host@Example.com'),
      ...event('DTSTART:20260804T140000Z', 'DURATION:PT1H', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:host@example.com').map((line) =>
        line.replace('one', 'two'),
      ),
      ...event('DTSTART:20260805T140000Z', 'DURATION:PT1H', 'ATTENDEE;PARTSTAT=DECLINED:mailto:guest@example.com').map((line) =>
        line.replace('one', 'three'),
      ),
    ],
    ownAddresses: ['host@example.com'],
    busy: ['2026-08-04T14:00Z/2026-08-04T15:00Z unanswered', '2026-08-05T14:00Z/2026-08-05T15:00Z'],
    secondReader: 'leaves answers to the caller',
  },
  {
    name: 'events we wrote ourselves are not counted a second time',
    lines: event('DTSTART:20260803T140000Z', 'DURATION:PT1H'),
    ownUids: ['one'],
    busy: [],
    secondReader: 'cannot know which events are ours',
  },
  { name: 'a time without an end is a moment, and takes nothing', lines: event('DTSTART:20260803T140000Z'), busy: [] },
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
