import type { Connection } from '../../../shared/contract/connection.ts';
import type { EventType } from '../../../shared/contract/event-type.ts';
import type { Host } from '../../../shared/contract/host.ts';
import type { Schedule, ScheduleRules } from '../../../shared/contract/schedule.ts';
import { EVENT_TYPE, GALLERY_NOW } from './cast.ts';

const kept = { createdAt: '2026-09-01T09:00:00Z', updatedAt: '2026-10-20T09:00:00Z' };

export const HOST: Host = {
  id: 'host_gallery',
  externalId: 'freelancer-1',
  name: 'Mira Kapoor',
  description: null,
  timeZone: 'Europe/London',
  locale: 'en',
  maxMeetingsPerDay: 4,
  defaultScheduleId: 'sch_gallery',
  ...kept,
};

export const OWN_HOURS: ScheduleRules = {
  timeZone: 'Europe/London',
  weeklyHours: [
    { days: ['monday', 'tuesday', 'wednesday', 'thursday'], start: '13:30', end: '20:00' },
    { days: ['friday'], start: '13:30', end: '16:00' },
  ],
  dateOverrides: [
    { from: '2026-11-16', to: '2026-11-17', intervals: [], note: 'Moving house' },
    { date: '2026-11-21', intervals: [{ start: '10:00', end: '12:00' }] },
  ],
  travel: [{ from: '2026-12-07', to: '2026-12-11', timeZone: 'Asia/Tokyo' }],
};

export const SCHEDULE: Schedule = {
  id: 'sch_gallery',
  hostId: HOST.id,
  name: 'Usual hours',
  dateOverrides: [],
  travel: [],
  ...OWN_HOURS,
  ...kept,
};

/** The gallery's event type with the rules that only its host sees. */
export const OWN_EVENT_TYPE: EventType = {
  id: EVENT_TYPE.id,
  hostId: HOST.id,
  hostIds: [HOST.id],
  assignment: 'single',
  scheduleId: SCHEDULE.id,
  slug: 'first-call',
  title: EVENT_TYPE.title,
  description: EVENT_TYPE.description,
  durationsMinutes: [30, 60],
  slotIntervalMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  minimumNoticeMinutes: 180,
  bookingWindow: { type: 'rolling', days: 60 },
  maxPerDay: 3,
  maxPerWeek: null,
  maxPerMonth: null,
  maxMinutesPerDay: null,
  maxOpenPerInvitee: null,
  confirmation: 'instant',
  requestExpiresMinutes: 2880,
  locations: [{ type: 'room' }],
  guestLimit: 2,
  questions: [],
  message: 'Bring a picture of your shop.',
  reminders: [{ minutesBefore: 1440, channel: 'email', to: 'all' }],
  messages: { email: true },
  cancelCutoffMinutes: 0,
  rescheduleCutoffMinutes: 0,
  maxReschedules: null,
  reasonRequired: false,
  active: true,
  ...kept,
};

export const CONNECTION: Connection = {
  id: 'con_gallery',
  hostId: HOST.id,
  provider: 'caldav',
  account: 'mira@calendar.example',
  access: 'writeAnyCalendar',
  status: 'ok',
  failingSince: null,
  detail: null,
  checkedAt: GALLERY_NOW,
  calendars: [
    { id: 'work', name: 'Work', primary: true, own: false, writable: true, blocks: true },
    { id: 'holidays', name: 'Public holidays', primary: false, own: false, writable: false, blocks: false },
  ],
  writeCalendarId: 'work',
  failureMode: 'hide',
  treatAsBusy: { tentative: true, unanswered: false, outOfOffice: true, workingElsewhere: false, allDay: true },
  ...kept,
};
