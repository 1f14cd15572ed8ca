import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Booking } from '../../shared/contract/booking.ts';
import type { EventType } from '../../shared/contract/event-type.ts';
import type { Host } from '../../shared/contract/host.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import type { SlotsAnswer } from '../../shared/contract/slots.ts';
import type { SlotQuestion } from '../../server/domain/slots/question.ts';
import { oracleStarts } from '../domain/slots/oracle.ts';
import { type TestApp, withApp } from '../helpers/app.ts';

/** Viewers whose dates fall differently from every host's. */
const VIEWERS = ['America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'];
const PAGE_DIR = fileURLToPath(new URL('../../demo', import.meta.url));
const MINUTE_MS = 60_000;

interface Person {
  readonly host: Host;
  readonly eventType: EventType;
  readonly schedule: Schedule;
}

test(
  'a year of slots of each demo host, as the API lists it while time passes and meetings are booked, is what Temporal says',
  { timeout: 120_000 },
  async () => {
    await withDemo(async (app, key) => {
      const people = await readPeople(app, key);
      expect(people.map(({ host }) => host.timeZone).toSorted()).toEqual([
        'America/New_York',
        'America/Sao_Paulo',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
        'Europe/Berlin',
      ]);
      const startMs = app.clock.nowMs();
      const counts: Record<string, number> = {};
      for (const person of people) {
        const bookings: Booking[] = [];
        const seen = new Set<number>();
        // Each look reaches to the end of the window, and the next begins before that.
        const { bookingWindow } = person.eventType;
        const stepDays = bookingWindow.type === 'rolling' && bookingWindow.days < 60 ? 11 : 57;
        for (let day = 0, look = 0; day < 366; day += stepDays, look++) {
          app.clock.setTime(startMs + day * 86_400_000 + look * 7 * MINUTE_MS);
          const { durationsMinutes } = person.eventType;
          const durationMinutes = durationsMinutes[look % durationsMinutes.length] ?? 30;
          const timeZone = VIEWERS[look % VIEWERS.length] ?? 'UTC';
          const listed = await compareListing(app, key, person, { bookings, durationMinutes, days: stepDays + 14, timeZone });
          for (const start of listed) seen.add(start);
          for (const start of [listed[1], listed[Math.floor(listed.length / 2)]])
            if (start !== undefined) bookings.push(...(await book(app, key, person, start, durationMinutes)));
        }
        counts[person.host.timeZone] = seen.size;
        expect(bookings.length).toBeGreaterThan(5);
        expect(Math.max(...seen) - startMs).toBeGreaterThan(366 * 86_400_000);
      }
      app.clock.setTime(startMs);
      console.log(`starts listed over a year: ${JSON.stringify(counts)}, 0 differences`);
      for (const count of Object.values(counts)) expect(count).toBeGreaterThan(800);
    });
  },
);

test('366 days of each demo host in one stateless question are what Temporal says', { timeout: 60_000 }, async () => {
  await withDemo(async (app, key) => {
    for (const person of await readPeople(app, key)) {
      const [durationMinutes = 30] = person.eventType.durationsMinutes;
      const now = new Date(app.clock.nowMs()).toISOString();
      const { schedule, eventType, host } = person;
      const { slotIntervalMinutes, bufferBeforeMinutes, bufferAfterMinutes, minimumNoticeMinutes, durationsMinutes } = eventType;
      const rules = { durationsMinutes, slotIntervalMinutes, bufferBeforeMinutes, bufferAfterMinutes, minimumNoticeMinutes };
      const { timeZone, weeklyHours, dateOverrides, travel } = schedule;
      const answer = await app.call('POST', '/v1/slots/compute', {
        key,
        body: {
          now,
          from: '2026-11-24',
          to: '2027-11-24',
          durationMinutes,
          schedule: { timeZone, weeklyHours, dateOverrides, travel },
          rules,
        },
      });
      expect(answer.status, answer.text.slice(0, 300)).toBe(200);
      const question = questionOf(person, [], durationMinutes, {
        nowMs: app.clock.nowMs(),
        fromMs: startOf('2026-11-24', host.timeZone),
        toMs: startOf('2027-11-25', host.timeZone),
      });
      const unlimited: SlotQuestion = {
        ...question,
        rules: { ...question.rules, bookingWindow: { type: 'unlimited' }, maxPerDay: null, maxMinutesPerDay: null },
        maxMeetingsPerDay: null,
      };
      expect(startsOf(answer.body)).toEqual(oracleStarts(unlimited));
      expect(answer.body.days).toHaveLength(366);
    }
  });
});

async function compareListing(
  app: TestApp,
  key: string,
  person: Person,
  asked: { bookings: readonly Booking[]; durationMinutes: number; days: number; timeZone: string },
): Promise<number[]> {
  const { durationMinutes, timeZone } = asked;
  const nowMs = app.clock.nowMs();
  const from = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const to = from.add({ days: asked.days });
  const query = `from=${from.toString()}&to=${to.toString()}&timeZone=${timeZone}&durationMinutes=${durationMinutes}`;
  const { body } = await app.call('GET', `/v1/event-types/${person.eventType.id}/slots?${query}`, { key });
  const range = { nowMs, fromMs: startOf(from.toString(), timeZone), toMs: startOf(to.add({ days: 1 }).toString(), timeZone) };
  const expected = oracleStarts(questionOf(person, asked.bookings, durationMinutes, range));
  const listed = startsOf(body);
  expect({ host: person.host.name, query, listed }).toEqual({ host: person.host.name, query, listed: expected });
  for (const day of (body as SlotsAnswer).days) {
    for (const { start } of day.slots)
      expect(Temporal.Instant.from(start).toZonedDateTimeISO(timeZone).toPlainDate().toString()).toBe(day.date);
  }
  return listed;
}

async function book(app: TestApp, key: string, { eventType }: Person, startMs: number, durationMinutes: number): Promise<Booking[]> {
  const body = {
    eventTypeId: eventType.id,
    start: new Date(startMs).toISOString(),
    durationMinutes,
    stage: 'contract',
    invitee: { name: 'A', email: 'a@a.example' },
  };
  const answer = await app.call('POST', '/v1/bookings', { key, body });
  // The first of a pair may have used up the day of the second.
  expect([201, 409], answer.text).toContain(answer.status);
  return answer.status === 201 ? [answer.body as Booking] : [];
}

/** The question as the words of the contract put it, read from what the API shows. */
function questionOf(
  { host, eventType, schedule }: Person,
  bookings: readonly Booking[],
  durationMinutes: number,
  range: { nowMs: number; fromMs: number; toMs: number },
): SlotQuestion {
  const { bufferBeforeMinutes, bufferAfterMinutes, bookingWindow } = eventType;
  return {
    ...range,
    durationMinutes,
    rules: {
      active: eventType.active,
      slotIntervalMinutes: eventType.slotIntervalMinutes ?? durationMinutes,
      bufferBeforeMinutes,
      bufferAfterMinutes,
      minimumNoticeMinutes: eventType.minimumNoticeMinutes,
      bookingWindow: bookingWindow.type === 'rolling' ? { businessDaysOnly: false, ...bookingWindow } : bookingWindow,
      maxPerDay: eventType.maxPerDay,
      maxPerWeek: eventType.maxPerWeek,
      maxPerMonth: eventType.maxPerMonth,
      maxMinutesPerDay: eventType.maxMinutesPerDay,
    },
    schedule: {
      timeZone: schedule.timeZone,
      weeklyHours: schedule.weeklyHours,
      dateOverrides: schedule.dateOverrides.map(({ date, from, to, intervals }) => ({
        from: from ?? date ?? '',
        to: to ?? date ?? '',
        intervals,
      })),
      travel: schedule.travel,
    },
    hostTimeZone: host.timeZone,
    maxMeetingsPerDay: host.maxMeetingsPerDay,
    busyMs: [],
    calendarUnavailable: false,
    meetings: bookings.map(({ id, start, end }) => ({
      kind: 'booking',
      ownerId: id,
      startMs: Date.parse(start),
      endMs: Date.parse(end),
      blockedStartMs: Date.parse(start) - bufferBeforeMinutes * MINUTE_MS,
      blockedEndMs: Date.parse(end) + bufferAfterMinutes * MINUTE_MS,
      sameEventType: true,
    })),
    ignoreOwnerIds: [],
  };
}

function startsOf({ days }: SlotsAnswer): number[] {
  return days.flatMap(({ slots }) => slots.map(({ start }) => Date.parse(start)));
}

function startOf(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}

async function readPeople({ call }: TestApp, key: string): Promise<Person[]> {
  const hosts = (await call('GET', '/v1/hosts', { key })).body.data as Host[];
  return Promise.all(
    hosts.map(async (host) => ({
      host,
      eventType: (await call('GET', `/v1/event-types?hostId=${host.id}`, { key })).body.data[0] as EventType,
      schedule: (await call('GET', `/v1/schedules/${host.defaultScheduleId}`, { key })).body as Schedule,
    })),
  );
}

async function withDemo(use: (app: TestApp, secretKey: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-demo-'));
  try {
    await withApp(
      async (app) => {
        const { secretKey } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { secretKey: string };
        await use(app, secretKey);
      },
      { demo: { dataDir, pageDir: PAGE_DIR } },
    );
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
