import type { EventTypeCreate } from '../../../shared/contract/event-type.ts';
import type { HostCreate } from '../../../shared/contract/host.ts';

export interface Freelancer {
  readonly externalId: string;
  readonly role: string;
  readonly city: string;
  readonly host: HostCreate;
  readonly eventType: Omit<EventTypeCreate, 'hostId'>;
  readonly client: { readonly externalId: string; readonly name: string; readonly city: string; readonly timeZone: string };
  readonly thread: readonly { readonly from: 'client' | 'freelancer'; readonly text: string; readonly minutesAgo: number }[];
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const INTRO = { slug: 'intro', durationsMinutes: [30, 60], locations: [{ type: 'room' as const }] };

/** Five freelancers in zones that show what zones do, each with other rules. */
export const CAST: readonly Freelancer[] = [
  {
    externalId: 'fw_maya',
    role: 'Brand designer',
    city: 'New York',
    host: {
      name: 'Maya Okafor',
      email: 'maya@fieldwork.example',
      timeZone: 'America/New_York',
      schedule: {
        weeklyHours: [{ days: [...WEEKDAYS], start: '10:00', end: '16:00' }],
        dateOverrides: [
          { from: '2026-12-24', to: '2026-12-31', intervals: [{ start: '10:00', end: '12:00' }], note: 'Holidays: mornings only' },
        ],
      },
    },
    eventType: {
      ...INTRO,
      title: 'Project intro with Maya',
      description: 'A first conversation about your brand.',
      slotIntervalMinutes: 30,
      bufferAfterMinutes: 15,
      message: 'Bring two or three brands you admire.',
      questions: [{ key: 'goal', label: 'What would you like to have decided by the end?', type: 'longText', required: false }],
    },
    client: { externalId: 'cl_lena', name: 'Lena Hartmann', city: 'Berlin', timeZone: 'Europe/Berlin' },
    thread: [
      { from: 'client', text: 'Hi Maya, your rebrand for the bakery chain is exactly the direction we need.', minutesAgo: 2900 },
      { from: 'freelancer', text: 'Thank you! I would love to hear more about your shops and who walks in.', minutesAgo: 2840 },
      { from: 'client', text: 'There is a lot to show. Could we talk for half an hour this week?', minutesAgo: 95 },
      { from: 'freelancer', text: 'Of course. Pick any time that suits you, the button below shows when I am free.', minutesAgo: 60 },
    ],
  },
  {
    externalId: 'fw_bishal',
    role: 'Mobile engineer',
    city: 'Kathmandu',
    host: {
      name: 'Bishal Gurung',
      email: 'bishal@fieldwork.example',
      timeZone: 'Asia/Kathmandu',
      schedule: { weeklyHours: [{ days: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], start: '11:00', end: '20:00' }] },
    },
    eventType: {
      ...INTRO,
      title: 'Scope call with Bishal',
      description: 'We go through screens and edge cases.',
      maxPerDay: 3,
      slotIntervalMinutes: 30,
    },
    client: { externalId: 'cl_noah', name: 'Noah Brandt', city: 'Chicago', timeZone: 'America/Chicago' },
    thread: [
      { from: 'client', text: 'The app crashes only offline, in the lift for example. Have you seen that before?', minutesAgo: 500 },
      {
        from: 'freelancer',
        text: 'Many times. Usually it is the sync queue. I take three calls a day, choose one and we look at the logs together.',
        minutesAgo: 420,
      },
    ],
  },
  {
    externalId: 'fw_isla',
    role: 'Technical writer',
    city: 'Lord Howe Island',
    host: {
      name: 'Isla Thompson',
      email: 'isla@fieldwork.example',
      timeZone: 'Australia/Lord_Howe',
      schedule: {
        weeklyHours: [
          { days: [...WEEKDAYS], start: '08:30', end: '12:30' },
          { days: ['tuesday', 'thursday'], start: '19:00', end: '22:00' },
        ],
      },
    },
    eventType: {
      ...INTRO,
      title: 'Documentation review',
      description: 'Half an hour on the page that confuses your users most.',
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 30,
      slotIntervalMinutes: 30,
    },
    client: { externalId: 'cl_priya', name: 'Priya Raman', city: 'Bengaluru', timeZone: 'Asia/Kolkata' },
    thread: [
      { from: 'client', text: 'Our API guide has 140 pages and nobody finds anything.', minutesAgo: 1500 },
      {
        from: 'freelancer',
        text: 'That is the best kind of problem. My island moves its clocks by half an hour, so trust the times shown here and not your memory.',
        minutesAgo: 1310,
      },
    ],
  },
  {
    externalId: 'fw_jonas',
    role: 'Data analyst',
    city: 'Berlin',
    host: {
      name: 'Jonas Weber',
      email: 'jonas@fieldwork.example',
      timeZone: 'Europe/Berlin',
      schedule: {
        weeklyHours: [
          { days: [...WEEKDAYS], start: '09:00', end: '12:00' },
          { days: ['monday', 'wednesday', 'friday'], start: '13:00', end: '17:30' },
        ],
      },
    },
    eventType: {
      ...INTRO,
      title: 'Data check-up with Jonas',
      description: 'Bring one question your numbers should answer.',
      minimumNoticeMinutes: 1440,
      bookingWindow: { type: 'rolling', days: 10, businessDaysOnly: true },
    },
    client: { externalId: 'cl_sofia', name: 'Sofía Méndez', city: 'Mexico City', timeZone: 'America/Mexico_City' },
    thread: [
      { from: 'client', text: 'We have three dashboards and three different numbers for churn.', minutesAgo: 700 },
      {
        from: 'freelancer',
        text: 'Happens to everybody. I plan ten working days ahead and need a day of notice, then I come prepared.',
        minutesAgo: 640,
      },
    ],
  },
  {
    externalId: 'fw_rafaela',
    role: 'Video editor',
    city: 'São Paulo',
    host: {
      name: 'Rafaela Lima',
      email: 'rafaela@fieldwork.example',
      timeZone: 'America/Sao_Paulo',
      maxMeetingsPerDay: 4,
      schedule: { weeklyHours: [{ days: [...WEEKDAYS], start: '13:00', end: '22:00' }] },
    },
    eventType: {
      ...INTRO,
      durationsMinutes: [45],
      title: 'Rough cut review',
      description: 'We watch your material together.',
      confirmation: 'request',
      maxMinutesPerDay: 135,
    },
    client: { externalId: 'cl_oliver', name: 'Oliver Grant', city: 'London', timeZone: 'Europe/London' },
    thread: [
      { from: 'client', text: 'The interview runs 40 minutes and should become 3. Is that mad?', minutesAgo: 260 },
      {
        from: 'freelancer',
        text: 'It is Tuesday. I work afternoons and evenings in São Paulo, so there is plenty of overlap with London.',
        minutesAgo: 200,
      },
    ],
  },
];

/** What Fieldwork asks of everybody in a room before a contract. */
export const TERMS = `**Keep it on Fieldwork until there is a contract.** Messages, calls and files stay in this room. Please do not exchange mail addresses, phone numbers, social profiles or links to other call tools before you have signed.

Calls booked here open in the room itself.`;
export const TERMS_LABEL = 'I have read the communication terms and will keep contact in this room until there is a contract';
export const TERMS_FALLBACK =
  'If the call does not work, report it here first. For that meeting you may then meet by a link of your own, or pick a new time with one tap.';
