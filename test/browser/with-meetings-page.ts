import type { BrowserContextOptions, Locator } from 'playwright-core';
import { makeWorld, signRoomToken, type World, type WorldOptions } from '../helpers/world.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

export type Side = 'invitee' | 'host';

export interface MeetingsPage extends HostPage {
  readonly world: World;
  readonly meetings: Locator;
  /** The room token of one side, signed as the marketplace's backend would. */
  readonly tokenOf: (side: Side) => Promise<string>;
  /** Opens the room as this side sees it. */
  readonly enter: (side: Side, attributes?: string) => Promise<void>;
  /** Calls the API as one side of the room. */
  readonly as: (side: Side, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => ReturnType<HostPage['call']>;
  /** Starts that are free, in order, on different days where possible. */
  readonly freeStarts: (count: number) => Promise<string[]>;
  readonly book: (start: string, more?: object) => Promise<{ id: string; start: string }>;
}

/** A room of a tenant of its own, with `<parley-meetings>` on a page of the server's origin. */
export async function withMeetingsPage<T>(
  options: BrowserContextOptions,
  world: WorldOptions,
  use: (room: MeetingsPage) => Promise<T>,
): Promise<T> {
  return withHostPage({ timezoneId: 'Europe/Berlin', ...options }, async (host) => {
    const made = await makeWorld(host, {
      ...world,
      tenant: { allowedOrigins: [host.url], requireRoomToken: true, ...world.tenant },
      eventType: { title: 'Project intro', ...world.eventType },
    });
    const tokenOf = (side: Side) =>
      signRoomToken(made, Date.now(), side === 'host' ? { sub: 'ana', name: 'Ana Host', role: 'host' } : { timeZone: 'Europe/Berlin' });
    const as: MeetingsPage['as'] = async (side, method, path, body) =>
      host.call(method, path, { key: made.publishableKey, roomToken: await tokenOf(side), ...(body && { body }) });
    const enter = async (side: Side, attributes = `event-type="${made.eventTypeId}"`) =>
      host.open(
        `<h1>Room</h1><parley-meetings publishable-key="${made.publishableKey}" room-token="${await tokenOf(side)}" ${attributes}></parley-meetings>`,
      );
    const freeStarts = async (count: number) => {
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const { body } = await as('invitee', 'GET', `/v1/event-types/${made.eventTypeId}/slots?from=${day(1)}&to=${day(14)}&timeZone=UTC`);
      const days = body.days as { slots: { start: string }[] }[];
      return days.flatMap(({ slots }) => (slots[0] === undefined ? [] : [slots[0].start])).slice(0, count);
    };
    const book: MeetingsPage['book'] = async (start, more = {}) => {
      const { status, body } = await as('invitee', 'POST', '/v1/bookings', { eventTypeId: made.eventTypeId, start, ...more });
      if (status !== 201) throw new Error(`book: ${JSON.stringify(body)}`);
      return body;
    };
    return use({ ...host, world: made, meetings: host.page.locator('parley-meetings'), tokenOf, enter, as, freeStarts, book });
  });
}
