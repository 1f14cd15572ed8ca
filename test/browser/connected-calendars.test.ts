import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from '../../server/adapters/outbound/outbound.ts';
import { sealCredentials } from '../../server/flows/call-connection.ts';
import { calendarsOf } from '../../server/wiring.ts';
import { basic, type CaldavServer, RADICALE_INSTALLED, startRadicale } from '../contracts/calendars/caldav-servers.ts';
import { calendarFile } from '../domain/calendars/calendar-file.ts';
import { type FakeGoogle, GOOGLE_CLIENT, startFakeGoogle } from '../fakes/fake-google.ts';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

/** Pictures to look at, where somebody asks for them. */
const PICTURES = process.env['PARLEY_PICTURES'];

interface CalendarsPage extends HostPage {
  readonly hostId: string;
  /** The connections as the API answers them to the host. */
  readonly kept: () => Promise<
    { id: string; status: string; writeCalendarId: string | null; calendars: { id: string; name: string; blocks: boolean }[] }[]
  >;
  readonly starts: (date: string) => Promise<string[]>;
}

describe.skipIf(!RADICALE_INSTALLED)(`a CalDAV account${RADICALE_INSTALLED ? '' : ': Radicale is not installed'}`, () => {
  let server: CaldavServer;
  beforeAll(async () => {
    server = await startRadicale();
  });
  afterAll(() => server.stop());

  it(
    'is connected by app password, blocks, receives bookings, comes back after its login died, and is disconnected',
    { timeout: 180_000 },
    async () => {
      await withCalendarsPage(null, async (host) => {
        const { page, kept, starts, deps, db } = host;
        const element = page.locator('parley-availability');
        const press = (name: string) => element.getByRole('button', { name, exact: true }).click();
        await element.getByText('No calendar is connected.').waitFor();
        await press('iCloud, Fastmail and other CalDAV calendars');
        await element.getByText('only start, end and kind are kept').first().waitFor();
        await picture(page, 'caldav-form');
        expect(await axeFindings(page)).toEqual([]);

        await press('Connect');
        await element.getByText('Enter the address.').waitFor();
        expect(await element.locator('#connect-url').evaluate(isFocused)).toBe(true);
        const fill = async (password: string) => {
          await element.getByLabel('Address').fill(server.url);
          await element.getByLabel('User name').fill(server.username);
          await element.getByLabel('Password or app password').fill(password);
          await press('Connect');
        };
        await fill('not it');
        await element.getByText('This user name or password was not accepted.').waitFor();
        await picture(page, 'caldav-wrong-password');
        expect(await kept()).toEqual([]);
        await fill(server.password);
        const card = element.locator('.connection');
        await card.getByText('Works').waitFor();
        expect(await axeFindings(page)).toEqual([]);

        const [date, start] = await aFreeStart(host);
        await putEvent(server, start);
        await press('Read now');
        await expect.poll(() => starts(date)).not.toContain(start);
        const [{ id, calendars } = { id: '', calendars: [] }] = await kept();
        const tick = card.getByRole('checkbox', { name: calendars[0]?.name ?? '', exact: true });
        expect(await tick.isChecked()).toBe(true);
        await tick.uncheck();
        await expect.poll(() => starts(date)).toContain(start);
        await tick.check();
        await expect.poll(() => starts(date)).not.toContain(start);

        await card.getByLabel('Bookings are written to').selectOption({ label: 'A new calendar for my bookings' });
        await expect.poll(async () => (await kept())[0]?.writeCalendarId).not.toBeNull();
        const own = (await kept())[0];
        const made = own?.calendars.find((one) => one.id === own.writeCalendarId);
        expect(made).toMatchObject({ blocks: false });
        await expect.poll(() => card.getByLabel('Bookings are written to').inputValue()).toBe(made?.id);
        await picture(page, 'caldav-card');

        const both = [tick, card.getByRole('checkbox', { name: made?.name ?? '', exact: true })] as const;
        const letGo = await holdBack(page, '**/v1/connections/*');
        const first = page.waitForResponse((response) => response.request().method() === 'PATCH');
        await both[0].uncheck();
        await both[1].check();
        expect(await Promise.all(both.map((one) => one.isChecked())), 'shown before the first is answered').toEqual([false, true]);
        letGo();
        await (await first).finished();
        expect(await Promise.all(both.map((one) => one.isChecked())), 'nor undone by its answer').toEqual([false, true]);
        const blocking = async () => new Map((await kept())[0]?.calendars.map((one) => [one.id, one.blocks]));
        await expect.poll(blocking).toEqual(new Map([...(await blocking()).keys()].map((each) => [each, each === made?.id])));
        await both[1].uncheck();
        await both[0].check();
        await expect.poll(() => starts(date)).not.toContain(start);

        const credentials = { kind: 'password', url: server.url, username: server.username, password: 'changed elsewhere' } as const;
        const { tenant_id: tenantId } = await db.selectFrom('connections').select('tenant_id').executeTakeFirstOrThrow();
        await db
          .updateTable('connections')
          .set({ credentials: sealCredentials(deps, tenantId, id, credentials) })
          .execute();
        await press('Read now');
        await card.getByText('Login ended: connect it again').waitFor();
        await card.getByText('no longer accepts this login').waitFor();
        await picture(page, 'caldav-dead');
        expect(await axeFindings(page)).toEqual([]);
        expect(await starts(date)).toEqual([]);
        await press('Connect it again');
        await fill(server.password);
        await card.getByText('Works').waitFor();
        expect((await kept()).map((one) => [one.id, one.status, one.writeCalendarId])).toEqual([[id, 'ok', made?.id]]);
        expect((await starts(date)).length).toBeGreaterThan(0);

        await press('Disconnect');
        await press('Yes, disconnect');
        await element.getByText('No calendar is connected.').waitFor();
        expect(await db.selectFrom('connections').selectAll().execute()).toEqual([]);
        await expect.poll(() => starts(date)).toContain(start);
      });
    },
  );
});

describe('a Google account', () => {
  it(
    'is connected on the provider’s page and ours, in another tab; this one notices, and offers the right to write later',
    { timeout: 120_000 },
    async () => {
      const google = await startFakeGoogle();
      try {
        await withCalendarsPage(google, async (host) => {
          const { page, kept } = host;
          const element = page.locator('parley-availability');
          const card = element.locator('.connection');
          await element.getByRole('button', { name: 'Outlook and Microsoft 365' }).click();
          await element.getByRole('alert').getByText('This site is not set up for this kind of calendar.').waitFor();
          await element.getByRole('button', { name: 'Cancel' }).click();
          await element.getByRole('button', { name: 'Google Calendar' }).click();
          await element.getByText('It is not allowed to see titles, places or people.').waitFor();
          await element.getByRole('link', { name: 'Go on to Google' }).waitFor();
          expect(await axeFindings(page)).toEqual([]);
          await picture(page, 'google-form');
          await consent(host, 'google-consent');
          await card.getByText('Works').waitFor();
          expect(await kept()).toMatchObject([{ status: 'ok', access: 'busy', writeCalendarId: null }]);
          expect(await element.locator('#section-title').evaluate(isFocused)).toBe(true);
          await picture(page, 'google-card');

          await element.getByRole('button', { name: 'Let my bookings be written here' }).click();
          await element.getByText('It cannot change any other.').waitFor();
          await picture(page, 'google-write');
          await consent(host, 'google-consent-write');
          const receives = card.getByLabel('Bookings are written to');
          await receives.waitFor();
          // The right that was granted ends at a calendar of our own, so nothing else is offered.
          expect(await receives.locator('option').allTextContents()).toEqual(['No calendar', 'A new calendar for my bookings']);
          await receives.selectOption({ label: 'A new calendar for my bookings' });
          await expect.poll(async () => (await kept())[0]?.writeCalendarId).toContain('made-1');

          google.oauth.loseEverything();
          await element.getByRole('button', { name: 'Read now' }).click();
          await card.getByText('Login ended: connect it again').waitFor();
          await element.getByRole('button', { name: 'Connect it again' }).click();
          expect(await element.getByRole('checkbox', { name: 'Write my bookings into a calendar too' }).isChecked()).toBe(true);
          await consent(host, null);
          await card.getByText('Works').waitFor();
          expect(await kept()).toMatchObject([
            { status: 'ok', access: 'writeOwnCalendar', writeCalendarId: expect.stringContaining('made-1') },
          ]);
          expect(google.problems).toEqual([]);
        });
      } finally {
        await google.stop();
      }
    },
  );
});

/** The demo's first freelancer in the section of the calendars. */
async function withCalendarsPage(google: FakeGoogle | null, use: (host: CalendarsPage) => Promise<void>): Promise<void> {
  await withHostPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'America/New_York' }, async (host) => {
    const { url, publishableKey, call, page, open, deps, db, clock, eventTypeId } = host;
    const app = google === null ? {} : { google: { ...GOOGLE_CLIENT, apiUrl: google.url, oauthUrl: google.url } };
    Object.assign(deps, {
      publicUrl: 'https://parley.test',
      calendars: calendarsOf(db, app, createOutbound({ allow: ['127.0.0.0/8'] }), clock),
    });
    // Google's own page, on which the host agrees, and the way back.
    if (google !== null)
      await page.context().route(`${google.url}/o/oauth2/**`, (route) => {
        const answer = google.oauth.consent(route.request().url());
        return route.fulfill({
          status: 302,
          headers: { location: `${url}/v1/oauth/google/callback?${new URLSearchParams(answer).toString()}` },
        });
      });
    const { rooms } = (await (await fetch(`${url}/demo/api/rooms`)).json()) as { rooms: { id: string; freelancer: { hostId: string } }[] };
    const [room] = rooms;
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/demo/api/rooms/${room?.id}/token`, { method: 'POST', headers, body: '{"side":"freelancer"}' });
    const { token: roomToken } = (await answer.json()) as { token: string };
    const hostId = room?.freelancer.hostId ?? '';
    const who = { key: publishableKey, roomToken };
    const kept: CalendarsPage['kept'] = async () => (await call('GET', `/v1/hosts/${hostId}/connections`, who)).body.data;
    const starts: CalendarsPage['starts'] = async (date) => {
      const answered = await call('GET', `/v1/event-types/${eventTypeId}/slots?from=${date}&to=${date}&timeZone=UTC`, who);
      return answered.body.days.flatMap((day: { slots: { start: string }[] }) => day.slots.map((slot) => slot.start));
    };
    await open(
      `<h1>Settings</h1><parley-availability publishable-key="${publishableKey}" room-token="${roomToken}" section="calendars"></parley-availability>`,
      { head: '<meta name="viewport" content="width=device-width">' },
    );
    await use({ ...host, hostId, kept, starts });
  });
}

/** Goes to the provider, agrees there and on our page, and comes back. */
async function consent({ page }: CalendarsPage, name: string | null): Promise<void> {
  const opened = page.context().waitForEvent('page');
  await page.locator('parley-availability').getByRole('link', { name: 'Go on to Google' }).click();
  const tab = await opened;
  await tab.getByRole('heading', { name: 'Connect this calendar?' }).waitFor();
  if (name !== null) {
    await picture(tab, name);
    expect(await axeFindings(tab)).toEqual([]);
  }
  await tab.getByRole('button', { name: 'Connect', exact: true }).click();
  await tab.getByRole('heading', { name: 'Connected' }).waitFor();
  await tab.close();
  await page.bringToFront();
}

async function aFreeStart({ starts, clock }: CalendarsPage): Promise<[string, string]> {
  for (let days = 2; days < 12; days += 1) {
    const date = new Date(clock.nowMs() + days * 86_400_000).toISOString().slice(0, 10);
    const [start] = await starts(date);
    if (start !== undefined) return [date, start];
  }
  throw new Error('the demo offers no times');
}

async function putEvent(server: CaldavServer, start: string): Promise<void> {
  const utc = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VEVENT',
    'UID:b',
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${utc(Date.parse(start))}`,
    `DTEND:${utc(Date.parse(start) + 900_000)}`,
  ];
  const body = calendarFile([...lines, 'SUMMARY:Dentist', 'END:VEVENT']);
  const headers = { authorization: basic(server), 'content-type': 'text/calendar; charset=utf-8' };
  const answer = await fetch(`${server.calendarUrl}b.ics`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(`cannot put: ${answer.status}`);
}

function isFocused(element: Element): boolean {
  return (element.getRootNode() as ShadowRoot | Document).activeElement === element;
}

/** Wide and narrow, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${PICTURES}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}
