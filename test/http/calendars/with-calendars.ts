import { calendarsOf } from '../../../server/wiring.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import type { Deliver } from '../../fakes/deliver.ts';
import { type FakeGoogle, GOOGLE_CLIENT, startFakeGoogle } from '../../fakes/fake-google.ts';
import { type FakeGraph, MICROSOFT_CLIENT, startFakeGraph } from '../../fakes/fake-graph.ts';
import { startFakeServer, type FakeServer } from '../../fakes/fake-server.ts';
import { type TestApp, withApp } from '../../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../../helpers/world.ts';

export interface CalendarApp extends TestApp {
  readonly google: FakeGoogle;
  readonly graph: FakeGraph;
  readonly feed: FakeServer & { text: string };
  readonly world: World;
  readonly logs: string[];
}

export const DAY = '2026-11-24';
/** Where the fakes send their messages; they come by without a network. */
const PUBLIC_URL = 'https://parley.test';

/** The application with fakes of Google and Microsoft and a feed, all over HTTP. Microsoft's and Google's addresses are those the fakes expect. */
export async function withCalendars(use: (test: CalendarApp) => Promise<void>): Promise<void> {
  let app: TestApp | null = null;
  const deliver: Deliver = async (address, { headers = {}, body }) => {
    if (app === null) throw new Error('the application is not there yet');
    const json = body === undefined ? {} : { body, headers: { ...headers, 'content-type': 'application/json' } };
    const answer = await app.call('POST', address.replace(PUBLIC_URL, ''), { key: null, headers, ...json });
    return { status: answer.status, text: answer.text, type: String(answer.headers['content-type']) };
  };
  const google = await startFakeGoogle(deliver);
  const graph = await startFakeGraph(deliver);
  const served = { text: calendarFile([]) };
  const feedServer = await startFakeServer(() => ({ status: 200, body: served.text, headers: { 'content-type': 'text/calendar' } }));
  const feed = Object.assign(feedServer, served);
  Object.defineProperty(feed, 'text', {
    get: () => served.text,
    set: (text: string) => {
      served.text = text;
    },
  });
  const logs: string[] = [];
  try {
    await withApp(
      async (test) => {
        app = test;
        await use({ ...test, google, graph, feed, world: await makeWorld(test), logs });
      },
      { logLevel: 'trace', logTo: { write: (line) => void logs.push(line) } },
      ({ db, clock }) => ({
        publicUrl: PUBLIC_URL,
        calendars: calendarsOf(
          db,
          {
            google: { ...GOOGLE_CLIENT, apiUrl: google.url, oauthUrl: google.url },
            microsoft: { ...MICROSOFT_CLIENT, apiUrl: graph.url, oauthUrl: graph.url },
          },
          createOutbound({ allow: ['127.0.0.0/8'] }),
          clock,
        ),
      }),
    );
  } finally {
    await Promise.all([google.stop(), graph.stop(), feedServer.stop()]);
  }
}

/** A feed with these events, `YYYYMMDDTHHMMSSZ` each, and something private in every field. */
export function calendarFile(events: readonly { readonly start: string; readonly end: string; readonly more?: string }[]): string {
  const body = events.map(
    ({ start, end, more = '' }, i) =>
      `BEGIN:VEVENT\r\nUID:e${i}@outside\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:${start}\r\nDTEND:${end}\r\nSUMMARY:Secret surgery\r\nDESCRIPTION:Secret words\r\nLOCATION:Secret clinic\r\nATTENDEE:mailto:secret.person@clinic.example\r\n${more}END:VEVENT\r\n`,
  );
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n${body.join('')}END:VCALENDAR\r\n`;
}

/** Connects an account by its consent page, as a host does it. */
export async function connectByConsent(
  { call, world, google, graph }: CalendarApp,
  provider: 'google' | 'microsoft' = 'google',
  access = 'busy',
): Promise<string> {
  const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/${provider}/authorize`, {
    key: world.secretKey,
    body: { access },
  });
  const { code, state } = (provider === 'google' ? google : graph).oauth.consent(asked.body.url);
  const page = await call('GET', callbackUrl(provider, { code, state }), { key: null });
  const grant = grantOf(page.text);
  await call('POST', `/v1/oauth/${provider}/callback`, { key: null, ...form({ grant, answer: 'connect' }) });
  const list = await call('GET', `/v1/hosts/${world.hostId}/connections`, { key: world.secretKey });
  return list.body.data.find((one: { provider: string }) => one.provider === provider).id as string;
}

export function callbackUrl(provider: string, query: Record<string, string>): string {
  return `/v1/oauth/${provider}/callback?${new URLSearchParams(query).toString()}`;
}

export function grantOf(html: string): string {
  return /name="grant" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

export function form(fields: Record<string, string>) {
  return { body: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

/** The day's starts as `HH:MM` in UTC, with what the answer says of calendars. */
export async function listDay({ call, world }: Pick<CalendarApp, 'call' | 'world'>, date = DAY) {
  const url = `/v1/event-types/${world.eventTypeId}/slots?from=${date}&to=${date}&timeZone=UTC`;
  const answer = await call('GET', url, { key: world.secretKey });
  const starts = answer.body.days.flatMap((day: { slots: { start: string }[] }) => day.slots.map(({ start }) => start.slice(11, 16)));
  return { starts: starts as string[], status: answer.body.calendarStatus as string, calendars: answer.body.calendars };
}

export async function bookAt({ call, world }: Pick<CalendarApp, 'call' | 'world'>, start: string, more: object = {}) {
  const invitee = { name: 'Cleo', email: 'cleo@client.example' };
  return call('POST', '/v1/bookings', { key: world.secretKey, body: { eventTypeId: world.eventTypeId, start, invitee, ...more } });
}

export async function hostToken({ world, clock }: Pick<CalendarApp, 'world' | 'clock'>): Promise<string> {
  return signRoomToken(world, clock.nowMs(), { sub: 'ana', role: 'host' });
}
