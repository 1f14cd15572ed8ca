import type { Role, Stage } from '../../shared/contract/common.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { keepPerson } from '../adapters/db/people.ts';
import { keepRoom } from '../adapters/db/rooms.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';

/** Who acts, as the credential says; null where nobody vouches for a person. */
export interface Identity {
  readonly personId: string | null;
  readonly role: Role;
  readonly roomId: string | null;
}

/** What only a secret key may state. */
export interface Stated {
  readonly actor?: { readonly externalId?: string; readonly role: Role } | undefined;
  readonly room?: { readonly id: string; readonly stage?: Stage } | undefined;
}

/**
 * Finds or makes the person behind a call, and keeps what the token says of the room. Hosts are people too: a room token's `sub` that
 * names a host by external id acts as that host's person.
 */
export async function identifyCaller(deps: Deps, trx: Trx, caller: TenantCaller, stated: Stated): Promise<Identity> {
  const tenantId = caller.tenant.id;
  const now = new Date(deps.clock.nowMs());
  if (caller.kind === 'room') {
    const { person } = caller;
    if (person.room !== null)
      await keepRoom(trx, tenantId, { id: person.room.id, stage: person.room.stage, url: person.room.url, statedAtMs: person.issuedAtMs });
    const facts = {
      externalId: person.sub,
      name: person.name,
      email: person.email,
      phone: person.phone,
      timeZone: person.timeZone,
      locale: person.locale,
    };
    const personId =
      (await personOfHost(trx, tenantId, person.role, person.hostId)) ??
      (await keepPerson(trx, tenantId, deps.ids.next('per'), facts, now));
    return { personId, role: person.role, roomId: person.room?.id ?? null };
  }
  if (caller.kind === 'secret') {
    const { actor, room } = stated;
    if (room?.stage !== undefined) await keepRoom(trx, tenantId, { id: room.id, stage: room.stage, url: null, statedAtMs: now.getTime() });
    const facts = { externalId: actor?.externalId ?? null, name: null, email: null, phone: null, timeZone: null, locale: null };
    const personId = actor?.externalId === undefined ? null : await keepPerson(trx, tenantId, deps.ids.next('per'), facts, now);
    return { personId, role: actor?.role ?? 'invitee', roomId: room?.id ?? null };
  }
  return { personId: null, role: caller.kind === 'manage' ? caller.party : 'invitee', roomId: null };
}

async function personOfHost(trx: Trx, tenantId: string, role: Role, hostId: string): Promise<string | null> {
  if (role !== 'host') return null;
  return (await findHost(trx, tenantId, hostId))?.person_id ?? null;
}
