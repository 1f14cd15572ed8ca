import type { BookingCreate } from '../../shared/contract/booking.ts';
import type { Stage } from '../../shared/contract/common.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { findPersonByExternalId, type PersonFacts } from '../adapters/db/people.ts';
import { findRoom, type StatedRoom } from '../adapters/db/rooms.ts';
import type { Db } from '../adapters/db/schema.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';

/** Who books, in which room, at which stage: as the credential says, never as a form says. */
export interface BookingParty extends PersonFacts {
  readonly name: string;
  /** The person behind the external id, if Parley has met them. */
  readonly knownPersonId: string | null;
  readonly roomId: string | null;
  /** What is newly stated about the room; null when nothing is. */
  readonly room: StatedRoom | null;
  readonly stage: Stage;
}

type Given = Pick<BookingCreate, 'invitee' | 'room' | 'stage'>;

/**
 * A room token's identity wins over anything typed; a mail address or phone it lacks is kept for delivery only. A secret key states
 * the invitee, room and stage. Others give name and mail address and have the tenant's default stage.
 */
export async function identifyInvitee(deps: Deps, caller: TenantCaller, given: Given): Promise<Outcome<BookingParty>> {
  if (caller.kind !== 'secret' && (given.room !== undefined || given.stage !== undefined)) {
    return refuse('forbidden', { detail: 'Only a secret key states room and stage.' });
  }
  switch (caller.kind) {
    case 'room':
      return identifyFromToken(deps.db, caller, given);
    case 'secret':
      return identifyAsStated(deps, caller, given);
    case 'publishable':
      if (caller.tenant.settings.requireRoomToken) return refuse('forbidden', { detail: 'This site books only with a room token.' });
      return identifyVisitor(caller, given);
    case 'manage':
      return refuse('forbidden');
    default:
      return caller satisfies never;
  }
}

async function identifyFromToken(
  db: Db,
  caller: Extract<TenantCaller, { kind: 'room' }>,
  { invitee }: Given,
): Promise<Outcome<BookingParty>> {
  const { person } = caller;
  if (person.role !== 'invitee') return refuse('forbidden', { detail: 'A host offers times by a proposal; the invitee books.' });
  const known = await findPersonByExternalId(db, caller.tenant.id, person.sub);
  return succeed({
    externalId: person.sub,
    name: person.name,
    email: person.email ?? invitee?.email ?? null,
    phone: person.phone ?? invitee?.phone ?? null,
    timeZone: person.timeZone ?? readZone(invitee?.timeZone),
    locale: person.locale ?? invitee?.locale ?? null,
    knownPersonId: known?.person_id ?? null,
    roomId: person.room?.id ?? null,
    room: person.room === null ? null : { ...person.room, statedAtMs: person.issuedAtMs },
    stage: await currentStage(db, caller),
  });
}

async function identifyAsStated(
  { db, clock }: Deps,
  caller: TenantCaller,
  { invitee, room, stage }: Given,
): Promise<Outcome<BookingParty>> {
  if (invitee?.name === undefined) return refuseField('invitee.name', 'is required');
  if (invitee.email === undefined && invitee.externalId === undefined)
    return refuseField('invitee.email', 'is required without invitee.externalId');
  const tenantId = caller.tenant.id;
  const known = invitee.externalId === undefined ? undefined : await findPersonByExternalId(db, tenantId, invitee.externalId);
  const statedStage = room?.stage ?? stage;
  const keptRoom = room === undefined ? undefined : await findRoom(db, tenantId, room.id);
  const holds = statedStage ?? keptRoom?.stage ?? caller.tenant.settings.defaultStage;
  return succeed({
    externalId: invitee.externalId ?? null,
    name: invitee.name.trim(),
    email: invitee.email ?? null,
    phone: invitee.phone ?? null,
    timeZone: readZone(invitee.timeZone),
    locale: invitee.locale ?? null,
    knownPersonId: known?.person_id ?? null,
    roomId: room?.id ?? null,
    room:
      room === undefined || (keptRoom !== undefined && statedStage === undefined)
        ? null
        : { id: room.id, stage: holds, url: null, statedAtMs: clock.nowMs() },
    stage: holds,
  });
}

function identifyVisitor(caller: TenantCaller, { invitee }: Given): Outcome<BookingParty> {
  if (invitee?.name === undefined) return refuseField('invitee.name', 'is required');
  if (invitee.email === undefined) return refuseField('invitee.email', 'is required');
  if (invitee.externalId !== undefined)
    return refuse('forbidden', { detail: 'Only a room token or a secret key says who somebody is: leave out invitee.externalId.' });
  return succeed({
    externalId: null,
    name: invitee.name.trim(),
    email: invitee.email,
    phone: invitee.phone ?? null,
    timeZone: readZone(invitee.timeZone),
    locale: invitee.locale ?? null,
    knownPersonId: null,
    roomId: null,
    room: null,
    stage: caller.tenant.settings.defaultStage,
  });
}

function readZone(name: string | undefined): string | null {
  return name === undefined ? null : canonicaliseTimeZone(name);
}
