import type { HostFeed } from '../../shared/contract/host.ts';
import { sha256 } from '../adapters/crypto.ts';
import { type BookingRecord, listBookings, listBookingTokens } from '../adapters/db/bookings.ts';
import { findFeedByToken, keepFeed } from '../adapters/db/host-feeds.ts';
import { findHost, type HostRow } from '../adapters/db/hosts.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { writeCalendarFeed } from '../adapters/ical/write-calendar-feed.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { tenantOfToken } from './booking-tokens.ts';
import { calendarEntryOf } from './calendar-entry.ts';
import type { TenantCaller, TenantFacts } from './caller.ts';
import type { Deps } from './deps.ts';
import { mayTouchHost } from './hosts.ts';

const DAY_MS = 86_400_000;
const DAYS_BACK = 30;
const DAYS_AHEAD = 366;
/** More than this many meetings no calendar program reads well; the nearest ones are kept. */
const MOST_MEETINGS = 2000;
const REFRESH_MINUTES = 15;

/** Gives the host's feed a new address. What subscribed to the old one reads nothing from now on. */
export async function rotateFeed(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<HostFeed>> {
  const { db, clock, ids, vault, publicUrl } = deps;
  const tenantId = caller.tenant.id;
  const host = await findHost(db, tenantId, id);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  const token = `ft_${tenantId.slice('ten_'.length)}${ids.secret(24)}`;
  const createdAt = new Date(clock.nowMs());
  const sealed = vault.seal(token, `feed:${tenantId}:${host.host_id}`);
  await db
    .transaction()
    .execute((trx) =>
      keepFeed(trx, { tenant_id: tenantId, host_id: host.host_id, token_hash: sha256(token), token: sealed, created_at: createdAt }),
    );
  const url = `${publicUrl}/v1/hosts/${host.host_id}/feed.ics?t=${token}`;
  return succeed({ hostId: host.host_id, url, createdAt: createdAt.toISOString() });
}

/** The host's meetings as a calendar to subscribe to, for its token or any credential that may read the host; masked as for the host. */
export async function readFeed(deps: Deps, caller: TenantCaller | null, id: string, token: string | null): Promise<Outcome<string>> {
  const opened = token === null ? await openForCaller(deps, caller, id) : await openByToken(deps, id, token);
  return opened.ok ? succeed(await writeFeed(deps, opened.value.tenant, opened.value.host)) : opened;
}

interface Opened {
  readonly tenant: TenantFacts;
  readonly host: HostRow;
}

async function openForCaller({ db }: Deps, caller: TenantCaller | null, id: string): Promise<Outcome<Opened>> {
  if (caller === null) return refuse('unauthenticated');
  const host = await findHost(db, caller.tenant.id, id);
  if (host === undefined || !mayTouchHost(caller, host.host_id)) return refuse('not_found');
  return succeed({ tenant: caller.tenant, host });
}

async function openByToken({ db }: Deps, id: string, token: string): Promise<Outcome<Opened>> {
  const tenantId = tenantOfToken(token);
  const feed = tenantId === null ? undefined : await findFeedByToken(db, tenantId, sha256(token));
  const tenant = feed === undefined ? undefined : await findTenant(db, feed.tenant_id);
  if (feed === undefined || tenant === undefined)
    return refuse('unauthenticated', { detail: 'The address is not known, or was replaced.' });
  const host = await findHost(db, feed.tenant_id, id);
  if (host === undefined || host.host_id !== feed.host_id) return refuse('not_found');
  return succeed({ tenant: { id: tenant.tenant_id, settings: tenant.settings }, host });
}

async function writeFeed(deps: Deps, tenant: TenantFacts, host: HostRow): Promise<string> {
  const nowMs = deps.clock.nowMs();
  const records = await listBookings(deps.db, tenant.id, {
    hostId: host.host_id,
    inviteeExternalId: null,
    inviteeId: null,
    roomId: null,
    statuses: ['requested', 'confirmed', 'completed', 'noShow'],
    fromMs: nowMs - DAYS_BACK * DAY_MS,
    toMs: nowMs + DAYS_AHEAD * DAY_MS,
    after: null,
    limit: MOST_MEETINGS,
  });
  const isOpen = ({ status, request_expires_at: until }: BookingRecord) => status !== 'requested' || (until?.getTime() ?? 0) > nowMs;
  const shown = records.filter(isOpen);
  const tokens = await listBookingTokens(
    deps.db,
    tenant.id,
    shown.map((record) => record.booking_id),
  );
  const meetings = shown.map((record) => {
    const own = tokens.filter((token) => token.booking_id === record.booking_id && token.host_id === host.host_id);
    return calendarEntryOf(deps, tenant, 'host', record, own);
  });
  const brand = tenant.settings.brand.name ?? tenant.settings.name;
  return writeCalendarFeed({ name: `${brand}: ${host.name}`, productName: brand, refreshMinutes: REFRESH_MINUTES, meetings });
}
