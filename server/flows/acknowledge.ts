import type { Acknowledgement, AcknowledgementCreate } from '../../shared/contract/acknowledgement.ts';
import type { Role, Stage } from '../../shared/contract/common.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { listAcknowledgements, readAcknowledgement, readLaterRows } from '../adapters/db/acknowledgements.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import { recordEvent } from '../adapters/db/events.ts';
import { currentNoticeVersions, findImpression, type NoticeVersionRow } from '../adapters/db/notices.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import type { LedgerEntry } from '../domain/policy/ledger-entry.ts';
import { pickLocale } from '../domain/policy/notice-content.ts';
import { appendLedger } from './append-ledger.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage, stageOf } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { identifyCaller } from './identify-caller.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';
import { presentAcknowledgement, saidFirst } from './present-acknowledgement.ts';
import { hashNoticeText } from './present-notice.ts';

/** What the connection says about the person; kept as far as the tenant's `ipPolicy` allows. */
export interface Circumstances {
  readonly ip: string | null;
  readonly userAgentFamily: string | null;
}

/**
 * Records that a notice version was acknowledged. With a room or manage token it is bound to that person; without one it is good for
 * one booking, within the hour. A secret key states the actor, and the row says that the key asserted it.
 */
export async function acknowledge(
  deps: Deps,
  caller: TenantCaller,
  given: AcknowledgementCreate,
  circumstances: Circumstances,
): Promise<Outcome<Acknowledgement>> {
  const tenantId = caller.tenant.id;
  if (caller.kind !== 'secret' && (given.actor !== undefined || given.room !== undefined)) {
    return refuse('forbidden', { detail: 'Only a secret key states actor and room.' });
  }
  return deps.db.transaction().execute(async (trx) => {
    const now = new Date(deps.clock.nowMs());
    const version = (await currentNoticeVersions(trx, tenantId, now)).find((row) => row.notice_version_id === given.noticeVersionId);
    if (version === undefined) return refuseField('noticeVersionId', 'names no notice version that counts now');
    const who = await readActor(deps, trx, caller, given);
    if (given.impressionId != null && (await findImpression(trx, tenantId, given.impressionId)) === undefined) {
      return refuseField('impressionId', 'names no impression');
    }
    const entry = { ...entryOf(deps, version, given, caller), ...who, ...circumstancesOf(circumstances) };
    const row = await appendLedger(trx, tenantId, entry);
    const { acknowledgementId, key, personId, roomId } = entry;
    const data = { acknowledgementId, noticeVersionId: entry.noticeVersionId, key, version: entry.version, personId, roomId };
    await recordEvent(trx, { tenant_id: tenantId, event_id: deps.ids.next('ev'), type: 'acknowledgement.created', data, at: now });
    const answer = await presentAcknowledgement(trx, [row]);
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readOneAcknowledgement(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<Acknowledgement>> {
  const rows = await readAcknowledgement(deps.db, caller.tenant.id, id);
  return rows.length === 0 ? refuse('not_found') : succeed(await presentAcknowledgement(deps.db, rows));
}

export interface AcknowledgementsQuery {
  readonly cursor?: string;
  readonly limit?: number;
  readonly externalId?: string;
  readonly roomId?: string;
  readonly noticeVersionId?: string;
}

export async function readAcknowledgements(
  deps: Deps,
  caller: TenantCaller,
  query: AcknowledgementsQuery,
): Promise<Outcome<Page<Acknowledgement>>> {
  const { db } = deps;
  const tenantId = caller.tenant.id;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['number']);
  if (!after.ok) return after;
  const person = query.externalId === undefined ? null : await findPersonByExternalId(db, tenantId, query.externalId);
  if (person === undefined) return succeed({ data: [], nextCursor: null });
  const rows = await listAcknowledgements(db, tenantId, {
    personId: person?.person_id ?? null,
    roomId: query.roomId ?? null,
    noticeVersionId: query.noticeVersionId ?? null,
    afterEntry: (after.value?.[0] as number | undefined) ?? null,
    limit: limit + 1,
  });
  const later = await readLaterRows(
    db,
    tenantId,
    rows.map((row) => row.acknowledgement_id),
  );
  const shown = new Map<string, Acknowledgement>();
  for (const row of rows)
    shown.set(
      row.acknowledgement_id,
      await presentAcknowledgement(db, [row, ...later.filter((other) => other.acknowledgement_id === row.acknowledgement_id)]),
    );
  return succeed(
    toPage(
      rows,
      limit,
      (row) => [row.entry],
      (row) => shown.get(row.acknowledgement_id) as Acknowledgement,
    ),
  );
}

/** Takes an acknowledgement back: a new row says so; what was booked under it stays. */
export async function withdrawAcknowledgement(deps: Deps, caller: TenantCaller, id: string): Promise<Outcome<Acknowledgement>> {
  return deps.db.transaction().execute(async (trx) => {
    const rows = await readAcknowledgement(trx, caller.tenant.id, id);
    if (rows.length === 0) return refuse('not_found');
    const given = saidFirst(rows);
    if (given === null) return refuse('invalid_state', { detail: 'What it said has been dropped, since the retention period is over.' });
    if (rows.some((row) => row.kind === 'withdrawn')) return succeed(await presentAcknowledgement(trx, rows));
    const row = await appendLedger(trx, caller.tenant.id, { ...laterEntry(given, deps), kind: 'withdrawn' });
    return succeed(await presentAcknowledgement(trx, [...rows, row]));
  });
}

/** Says in the ledger which booking used an acknowledgement, and, for one given without a token, who its actor turned out to be. */
export async function useAcknowledgement(
  deps: Deps,
  trx: Trx,
  tenantId: string,
  id: string,
  use: { bookingId: string; personId: string; role: Role },
): Promise<void> {
  const given = saidFirst(await readAcknowledgement(trx, tenantId, id));
  if (given === null) throw new Error(`useAcknowledgement: ${id} is not in the ledger`);
  await appendLedger(trx, tenantId, { ...laterEntry(given, deps), ...use, kind: 'used' });
}

async function readActor(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  given: AcknowledgementCreate,
): Promise<{ personId: string | null; role: Role | null; roomId: string | null; stage: Stage; bookingId: string | null }> {
  if (caller.kind === 'manage') {
    const booking = await findBooking(trx, caller.tenant.id, caller.bookingId);
    const personId =
      caller.party === 'invitee' ? booking?.invitee_id : booking?.hosts.find((host) => host.hostId === caller.hostId)?.personId;
    return {
      personId: personId ?? null,
      role: caller.party,
      roomId: booking?.room_id ?? null,
      stage: booking?.room_stage ?? booking?.stage ?? stageOf(caller),
      bookingId: null,
    };
  }
  const identity = await identifyCaller(deps, trx, caller, { actor: given.actor, room: given.room });
  return {
    personId: identity.personId,
    role: identity.personId === null ? null : identity.role,
    roomId: identity.roomId,
    stage: given.room?.stage ?? (await currentStage(trx, caller)),
    bookingId: null,
  };
}

function entryOf(
  deps: Deps,
  version: NoticeVersionRow,
  given: AcknowledgementCreate,
  caller: TenantCaller,
): Omit<LedgerEntry, 'entry' | 'personId' | 'role' | 'roomId' | 'stage' | 'bookingId' | 'ip' | 'userAgent'> {
  const tenantLocale = caller.tenant.settings.locale;
  const text = pickLocale(version.content.text, [given.locale, tenantLocale]);
  const label = pickLocale(version.content.label, [given.locale, tenantLocale]);
  return {
    kind: 'acknowledged',
    acknowledgementId: deps.ids.next('ack'),
    noticeVersionId: version.notice_version_id,
    key: version.key,
    version: version.version ?? 0,
    locale: text.locale,
    textHash: hashNoticeText(text.text),
    labelHash: hashNoticeText(label.text),
    via: caller.kind === 'secret' ? 'api' : 'widget',
    assertedByKey: caller.kind === 'secret',
    impressionId: given.impressionId ?? null,
    at: new Date(deps.clock.nowMs()).toISOString(),
    timeZone: given.timeZone === undefined ? null : canonicaliseTimeZone(given.timeZone),
  };
}

function circumstancesOf({ ip, userAgentFamily }: Circumstances): { ip: string | null; userAgent: string | null } {
  return { ip, userAgent: userAgentFamily };
}

/** A later word about an acknowledgement repeats what it is about and nothing of the connection. */
function laterEntry(first: LedgerEntry, deps: Deps): Omit<LedgerEntry, 'entry' | 'kind'> {
  const { entry: _entry, kind: _kind, ...rest } = first;
  return { ...rest, impressionId: null, ip: null, userAgent: null, at: new Date(deps.clock.nowMs()).toISOString() };
}
