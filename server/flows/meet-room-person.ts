import { sha256Base64url } from '../adapters/crypto.ts';
import { isGreeted } from '../adapters/db/first-contacts.ts';
import { findPersonByExternalId } from '../adapters/db/people.ts';
import { findRoom, keepRoom } from '../adapters/db/rooms.ts';
import type { Db } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { findGreeting, greetNewcomer } from './first-contact.ts';
import { identifyCaller } from './identify-caller.ts';

type InRoom = Extract<TenantCaller, { kind: 'room' }>;

/** A token lives an hour at most, so it need not be looked at twice for longer. */
const TOKEN_MS = 3_600_000;

/**
 * What a room token means the moment it is seen, whatever it is used for: the room's stage is the newest one stated, so meetings of the room
 * follow; and an invitee who has never met the terms is sent them. Done once per token as long as answers are kept.
 */
export async function meetRoomPerson(deps: Deps, caller: InRoom, token: string): Promise<void> {
  const { cache, clock } = deps;
  const { tenant, person } = caller;
  const cacheKey = `met ${sha256Base64url(token)}`;
  const nowMs = clock.nowMs();
  if (cache.get<true>(tenant.id, cacheKey, nowMs) === true) return;
  const mark = cache.mark(tenant.id);
  await followRoom(deps.db, caller);
  if (person.role === 'invitee') await greet(deps, caller);
  cache.put(tenant.id, cacheKey, true, { mark, untilMs: nowMs + TOKEN_MS, hostIds: [] });
}

async function followRoom(db: Db, { tenant, person: { room, issuedAtMs } }: InRoom): Promise<void> {
  if (room === null) return;
  const kept = await findRoom(db, tenant.id, room.id);
  if (kept !== undefined && kept.stated_at.getTime() >= issuedAtMs) return;
  await db.transaction().execute((trx) => keepRoom(trx, tenant.id, { ...room, statedAtMs: issuedAtMs }));
}

async function greet(deps: Deps, caller: InRoom): Promise<void> {
  const { db } = deps;
  const { tenant, person } = caller;
  const greeting = await findGreeting(deps, tenant.id, await currentStage(db, caller));
  if (greeting === null) return;
  const known = await findPersonByExternalId(db, tenant.id, person.sub);
  if (known !== undefined && (await isGreeted(db, tenant.id, known.person_id))) return;
  await db.transaction().execute(async (trx) => {
    const personId = known?.person_id ?? (await identifyCaller(deps, trx, caller, {})).personId;
    if (personId === null) return;
    const hasEmail = (person.email ?? known?.email ?? null) !== null;
    await greetNewcomer(deps, trx, tenant, greeting, { personId, roomId: person.room?.id ?? null, hasEmail });
  });
}
