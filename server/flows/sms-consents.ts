import type { Role } from '../../shared/contract/common.ts';
import type { SmsConsent, SmsConsentCreate } from '../../shared/contract/sms-consent.ts';
import { findBooking } from '../adapters/db/bookings.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { findPersonByExternalId, keepPhone } from '../adapters/db/people.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { appendSmsConsent, hashPhone, listSmsConsents, type SmsConsentRow } from '../adapters/db/sms-consents.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { identifyCaller } from './identify-caller.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

interface Consenter {
  readonly personId: string;
  readonly party: Role;
  readonly bookingId: string | null;
}

/**
 * Writes a consent to text messages, or its end, into the ledger with its exact words, and keeps the number for delivery. Everybody speaks for
 * themselves: by room or manage token; a secret key states the person.
 */
export async function giveSmsConsent(deps: Deps, caller: TenantCaller, given: SmsConsentCreate): Promise<Outcome<SmsConsent>> {
  const { phone, actor } = given;
  if (caller.kind !== 'secret' && actor !== undefined) return refuse('forbidden', { detail: 'Only a secret key states the actor.' });
  if (!isPhone(phone)) return refuseField('phone', 'is not a number that can be dialled');
  return deps.db.transaction().execute(async (trx) => {
    const who = await findConsenter(deps, trx, caller, given);
    if (!who.ok) return who;
    const { personId, party, bookingId } = who.value;
    const state = given.state ?? 'granted';
    if (state === 'granted') await keepPhone(trx, caller.tenant.id, { personId, party, phone });
    const row = {
      tenant_id: caller.tenant.id,
      consent_id: deps.ids.next('sms'),
      person_id: personId,
      party,
      phone_hash: hashPhone(personId, phone),
      state,
      text: given.text,
      locale: given.locale ?? null,
      via: caller.kind === 'secret' ? ('api' as const) : ('widget' as const),
      booking_id: bookingId,
      at: new Date(deps.clock.nowMs()),
    };
    await appendSmsConsent(trx, row);
    const answer = presentConsent(row);
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

/** The ledger in the order it was written, of one person if asked. */
export async function readSmsConsents(
  deps: Deps,
  caller: TenantCaller,
  query: { readonly cursor?: string; readonly limit?: number; readonly externalId?: string },
): Promise<Outcome<Page<SmsConsent>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const tenantId = caller.tenant.id;
  const host = query.externalId === undefined ? undefined : await findHost(deps.db, tenantId, `ext:${query.externalId}`);
  const person = query.externalId === undefined ? undefined : await findPersonByExternalId(deps.db, tenantId, query.externalId);
  const personId = host?.person_id ?? person?.person_id ?? null;
  if (query.externalId !== undefined && personId === null) return succeed({ data: [], nextCursor: null });
  const rows = await listSmsConsents(deps.db, tenantId, personId, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  return succeed(toPage(rows, limit, (row) => [row.consent_id], presentConsent));
}

async function findConsenter(deps: Deps, trx: Trx, caller: TenantCaller, { actor }: SmsConsentCreate): Promise<Outcome<Consenter>> {
  const tenantId = caller.tenant.id;
  if (caller.kind === 'manage') {
    const record = await findBooking(trx, tenantId, caller.bookingId);
    const host = record?.hosts.find(({ hostId }) => hostId === caller.hostId);
    const personId = caller.party === 'host' ? host?.personId : record?.invitee_id;
    return personId === undefined ? refuse('not_found') : succeed({ personId, party: caller.party, bookingId: caller.bookingId });
  }
  if (caller.kind === 'secret') {
    if (actor === undefined) return refuseField('actor', 'is required with a secret key');
    if (actor.role === 'host') {
      const host = await findHost(trx, tenantId, `ext:${actor.externalId}`);
      return host === undefined ? refuse('not_found') : succeed({ personId: host.person_id, party: 'host', bookingId: null });
    }
  }
  const { personId, role } = await identifyCaller(deps, trx, caller, { actor });
  return personId === null ? refuse('forbidden') : succeed({ personId, party: role, bookingId: null });
}

function presentConsent(row: Omit<SmsConsentRow, 'entry'>): SmsConsent {
  return {
    id: row.consent_id,
    personId: row.person_id,
    role: row.party,
    state: row.state,
    text: row.text,
    locale: row.locale,
    via: row.via,
    bookingId: row.booking_id,
    at: row.at.toISOString(),
  };
}
