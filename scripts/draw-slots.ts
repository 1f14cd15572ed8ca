import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Meeting, SlotQuestion, SlotRules, Weekday, WeeklyHours } from '../server/domain/slots/question.ts';
import { parseInstant } from '../shared/time/instant.ts';
import { drawTimeline, type Scene } from './slots-timeline.ts';

/** Draws the pictures of docs/slots.md with the real engine: name of the file -> SVG. */
export function drawPictures(): Map<string, string> {
  return new Map(SCENES.map((scene) => [`slots-${scene.name}.svg`, drawTimeline(scene)]));
}

const MINUTE_MS = 60_000;
const EVERY_DAY: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const RULES: SlotRules = {
  active: true,
  slotIntervalMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minimumNoticeMinutes: 0,
  bookingWindow: { type: 'unlimited' },
  maxPerDay: null,
  maxPerWeek: null,
  maxPerMonth: null,
  maxMinutesPerDay: null,
};

interface Told {
  readonly from: string;
  readonly to: string;
  readonly hours: readonly (readonly [string, string])[];
  readonly now?: string;
  readonly durationMinutes?: number;
  readonly rules?: Partial<SlotRules>;
  readonly busy?: readonly (readonly [string, string])[];
  readonly meetings?: readonly Meeting[];
}

const SCENES: readonly Scene[] = [
  {
    name: 'grid',
    title: 'An hour every 30 minutes, 09:00-17:00, with an appointment elsewhere from 11:10 to 12:20',
    question: inNewYork({ ...monday('08:00', '18:00'), hours: [['09:00', '17:00']], busy: [[mondayAt('11:10'), mondayAt('12:20')]] }),
  },
  {
    name: 'buffers',
    title: '15 minutes of wrap-up after every meeting: the booked one keeps its own, the new one needs its own',
    question: inNewYork({
      ...monday('08:00', '18:00'),
      hours: [['09:00', '17:00']],
      rules: { bufferAfterMinutes: 15 },
      meetings: [meeting(mondayAt('12:00'), 60, 15)],
    }),
  },
  {
    name: 'notice',
    title: 'At 10:10, with two hours of minimum notice: the first start is at 12:30',
    question: inNewYork({
      ...monday('08:00', '18:00'),
      hours: [['09:00', '17:00']],
      now: mondayAt('10:10'),
      rules: { minimumNoticeMinutes: 120 },
    }),
  },
  {
    name: 'limit',
    title: 'At most two a day: with two booked the whole day is closed',
    question: inNewYork({
      ...monday('08:00', '18:00'),
      hours: [['09:00', '17:00']],
      rules: { maxPerDay: 2 },
      meetings: [meeting(mondayAt('10:00'), 60), meeting(mondayAt('14:00'), 60)],
    }),
  },
  {
    name: 'midnight',
    title: '22:15-24:00 and 00:00-01:45: a slot may cross midnight, the grid starts again there',
    question: inNewYork({
      from: mondayAt('21:00'),
      to: '2026-08-04T03:00:00-04:00',
      hours: [
        ['22:15', '24:00'],
        ['00:00', '01:45'],
      ],
    }),
  },
  {
    name: 'spring',
    title: 'New York, 14 March 2027: 01:59 is followed by 03:00, so 01:00-05:00 has three hours',
    question: inNewYork({ from: '2027-03-14T00:00:00-05:00', to: '2027-03-14T07:00:00-04:00', hours: [['01:00', '05:00']] }),
  },
  {
    name: 'autumn',
    title: 'New York, 1 November 2026: 01:00 to 02:00 comes twice, and both are offered',
    question: inNewYork({ from: '2026-11-01T00:00:00-04:00', to: '2026-11-01T06:00:00-05:00', hours: [['01:00', '05:00']] }),
  },
];

function inNewYork({ from, to, hours, now, durationMinutes = 60, rules, busy = [], meetings = [] }: Told): SlotQuestion {
  const weeklyHours: WeeklyHours[] = hours.map(([start, end]) => ({ days: EVERY_DAY, start, end }));
  return {
    nowMs: instant(now ?? '2026-08-01T00:00:00Z'),
    fromMs: instant(from),
    toMs: instant(to),
    durationMinutes,
    schedule: { timeZone: 'America/New_York', weeklyHours, dateOverrides: [], travel: [] },
    rules: { ...RULES, ...rules },
    hostTimeZone: 'America/New_York',
    maxMeetingsPerDay: null,
    busyMs: busy.flatMap(([start, end]) => [instant(start), instant(end)]),
    calendarUnavailable: false,
    meetings,
    ignoreOwnerIds: [],
  };
}

function monday(from: string, to: string): Pick<Told, 'from' | 'to'> {
  return { from: mondayAt(from), to: mondayAt(to) };
}

function mondayAt(clock: string): string {
  return `2026-08-03T${clock}:00-04:00`;
}

function meeting(start: string, minutes: number, bufferAfterMinutes = 0): Meeting {
  const startMs = instant(start);
  const endMs = startMs + minutes * MINUTE_MS;
  const blockedEndMs = endMs + bufferAfterMinutes * MINUTE_MS;
  return { kind: 'booking', ownerId: start, startMs, endMs, blockedStartMs: startMs, blockedEndMs, sameEventType: true };
}

function instant(text: string): number {
  const instantMs = parseInstant(text);
  if (instantMs === null) throw new Error(`${text} is no instant`);
  return instantMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../docs/pictures/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [file, svg] of drawPictures()) writeFileSync(new URL(file, folder), svg);
}
