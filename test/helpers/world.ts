import { SignJWT } from 'jose';
import type { TestApp } from './app.ts';

/** A tenant with one host and one event type: Monday to Friday 09:00-17:00 in New York, 30 minutes. */
export interface World {
  readonly tenantId: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly embedSecret: string;
  readonly hostId: string;
  readonly eventTypeId: string;
}

export interface WorldOptions {
  readonly tenant?: object;
  readonly host?: object;
  readonly eventType?: object;
}

/** A host who is free around the clock, up to the last half hour of the month. */
export const ALWAYS_FREE = {
  host: {
    schedule: {
      timeZone: 'UTC',
      weeklyHours: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], start: '00:00', end: '24:00' }],
    },
  },
  eventType: { minimumNoticeMinutes: 0 },
} satisfies WorldOptions;

/** Makes a tenant, host and event type through the API. */
export async function makeWorld({ call }: Pick<TestApp, 'call'>, options: WorldOptions = {}): Promise<World> {
  const tenant = await call('POST', '/v1/tenants', { body: { name: 'Acme', ...options.tenant } });
  const { secretKey, publishableKey, embedSecret, id: tenantId } = tenant.body;
  const host = await call('POST', '/v1/hosts', {
    key: secretKey,
    body: { name: 'Ana Host', timeZone: 'America/New_York', email: 'ana@host.example', ...options.host },
  });
  const eventType = await call('POST', '/v1/event-types', {
    key: secretKey,
    body: { hostId: host.body.id, title: 'Intro', durationsMinutes: [30], ...options.eventType },
  });
  if (eventType.status !== 201) throw new Error(`makeWorld: ${eventType.text}`);
  return { tenantId, secretKey, publishableKey, embedSecret, hostId: host.body.id, eventTypeId: eventType.body.id };
}

export interface TokenClaims {
  readonly sub?: string;
  readonly name?: string;
  readonly role?: 'invitee' | 'host';
  readonly hostId?: string;
  readonly room?: { readonly id: string; readonly stage: 'preContract' | 'contract' } | null;
  readonly [claim: string]: unknown;
}

/** Signs a room token as a marketplace's backend would; `nowMs` is the test's clock. */
export async function signRoomToken(world: World, nowMs: number, claims: TokenClaims = {}): Promise<string> {
  const iat = Math.floor(nowMs / 1000);
  const { room = { id: 'room-1', stage: 'preContract' }, ...rest } = claims;
  return new SignJWT({
    sub: 'client-1',
    name: 'Cleo Client',
    role: 'invitee',
    hostId: world.hostId,
    ...(room !== null && { room }),
    iat,
    exp: iat + 900,
    ...rest,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(world.embedSecret));
}
