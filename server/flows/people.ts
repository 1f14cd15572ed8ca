import type { Person, PersonCreate } from '../../shared/contract/person.ts';
import { deleteEmailCode } from '../adapters/db/email-codes.ts';
import { erasePerson } from '../adapters/db/erase-person.ts';
import { deleteFeed } from '../adapters/db/host-feeds.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { findPerson, findPersonByExternalId, keepPerson } from '../adapters/db/people.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import { wantEventsOfInvitee } from '../adapters/db/written-events.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { endConnections } from './end-login.ts';
import { findGreeting, greetNewcomer } from './first-contact.ts';
import { hashAddress } from './verify-email.ts';

/** Makes a person known before they open a room, or brings what is known up to date. A host is made by `POST /v1/hosts` and is known already. */
export async function keepKnownPerson(deps: Deps, caller: TenantCaller, given: PersonCreate): Promise<Outcome<Person>> {
  const { db, clock, ids, remember } = deps;
  const tenantId = caller.tenant.id;
  return db.transaction().execute(async (trx) => {
    const host = given.role === 'host' ? await findHost(trx, tenantId, `ext:${given.externalId}`) : undefined;
    const facts = {
      externalId: given.externalId,
      name: given.name ?? null,
      email: given.email ?? null,
      phone: null,
      timeZone: null,
      locale: given.locale ?? null,
    };
    const personId = host?.person_id ?? (await keepPerson(trx, tenantId, ids.next('per'), facts, new Date(clock.nowMs())));
    const row = await findPerson(trx, tenantId, personId);
    if (row === undefined) throw new Error('keepKnownPerson: the person just kept is not there');
    const answer: Person = {
      id: personId,
      externalId: given.externalId,
      role: given.role,
      email: row.email,
      locale: row.locale,
      createdAt: row.created_at.toISOString(),
    };
    // Without a room a person stands before a contract, as with a room token that names none.
    const greeting = given.role === 'invitee' ? await findGreeting({ db: trx, clock }, tenantId, 'preContract') : null;
    if (greeting !== null)
      await greetNewcomer(deps, trx, caller.tenant, greeting, { personId, roomId: null, hasEmail: row.email !== null });
    await remember(trx, 201, answer);
    return succeed(answer);
  });
}

/**
 * Erases a person everywhere: whoever carries this external id, as invitee, guest or host, with a host's calendars, and in what was written into
 * calendars of others. Their bookings stay and name nobody.
 */
export async function forgetPerson(deps: Deps, caller: TenantCaller, externalId: string): Promise<Outcome<null>> {
  const tenantId = caller.tenant.id;
  return retryOnDeadlock(() =>
    deps.db.transaction().execute(async (trx): Promise<Outcome<null>> => {
      const host = await findHost(trx, tenantId, `ext:${externalId}`);
      const person = await findPersonByExternalId(trx, tenantId, externalId);
      const personIds = new Set([host?.person_id, person?.person_id].filter((id) => id !== undefined));
      if (personIds.size === 0) return refuse('not_found');
      if (host !== undefined) {
        await endConnections(deps, trx, tenantId, { hostId: host.host_id }, 'byWorker');
        await deleteFeed(trx, tenantId, host.host_id);
      }
      const now = new Date(deps.clock.nowMs());
      for (const personId of personIds) {
        await erasePerson(trx, tenantId, personId, now);
        await wantEventsOfInvitee(trx, tenantId, personId, now);
      }
      for (const email of [host?.email, person?.email])
        if (email != null) await deleteEmailCode(trx, tenantId, hashAddress(tenantId, email));
      return succeed(null);
    }),
  );
}
