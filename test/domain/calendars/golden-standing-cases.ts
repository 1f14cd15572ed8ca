import { event, type GoldenCase } from './golden-case.ts';

/** What takes time and what does not. */
export const GOLDEN_STANDING_CASES: readonly GoldenCase[] = [
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
];
