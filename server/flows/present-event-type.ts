import type { Stage } from '../../shared/contract/common.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { EventTypeRow } from '../adapters/db/event-types.ts';
import type { Db } from '../adapters/db/schema.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { findActingPerson } from './acting-person.ts';
import { reachablePlaces } from './calendar-calls.ts';
import type { TenantCaller } from './caller.ts';
import { stageOf } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { blankDetails } from './withheld-text.ts';

/** What a visitor or an invitee reads of an event type. What it says may be older than the stage at which it is read, so details are blanked. */
export async function presentPublicEventType(
  deps: Pick<Deps, 'publicUrl' | 'db'>,
  caller: TenantCaller,
  stage: Stage,
  row: Pick<EventTypeRow, 'event_type_id' | 'settings'>,
  hosts: PublicEventType['hosts'],
): Promise<PublicEventType> {
  const policy = stagePolicy(caller.tenant.settings, stage);
  const place = { settings: caller.tenant.settings, stage, roomUrl: caller.kind === 'room' ? (caller.person.room?.url ?? null) : null };
  const clean = (field: string, text: string): string => blankDetails(deps, place, field, text);
  const { title, description, durationsMinutes, guestLimit, confirmation, message, active, reasonRequired, locations, questions } =
    row.settings;
  const meeters = { hostIds: hosts.map(({ id }) => id), assignment: row.settings.assignment };
  const reachable = await reachablePlaces(deps.db, caller.tenant.id, meeters, locations);
  return {
    id: row.event_type_id,
    title: clean('title', title),
    description: clean('description', description),
    durationsMinutes,
    locations: reachable.filter(({ type }) => policy.locations.includes(type)).map(({ type }) => ({ type })),
    questions: questions
      .filter(({ type }) => policy.shareContactDetails || type !== 'phone')
      .map((question) => ({
        ...question,
        label: clean('questions', question.label),
        // A choice is answered word for word, so one that tells too much is not offered.
        ...(question.options !== undefined && { options: question.options.filter((option) => clean('questions', option) === option) }),
      })),
    guestLimit,
    confirmation,
    message: message === null ? null : clean('message', message),
    active,
    reasonRequired,
    hosts: hosts.map((host) => ({ ...host, name: clean('name', host.name) })),
  };
}

/** The stage at which the caller reads now: of the room, of the meeting behind a manage token, else of the credential. */
export async function readingStage(db: Db, caller: TenantCaller): Promise<Stage> {
  return (await findActingPerson(db, caller))?.stage ?? stageOf(caller);
}
