import type { PublicEventType } from '../../shared/contract/event-type.ts';
import { type Client, clientOf } from '../api/client.ts';
import type { Caller } from '../api/caller.ts';
import { impressions } from '../api/impressions.ts';
import { type MeetingsClient, meetingsClientOf } from '../api/meetings-client.ts';
import type { Result } from '../api/result.ts';
import type { Told } from './effect.ts';
import type { MeetingsAction } from './meetings-action.ts';
import type { ActionResult, MeetingsEffect, MeetingsEvent } from './meetings-event.ts';
import type { PendingTerms } from './meetings-state.ts';

/** What the effects need of the world around them. */
export interface MeetingsDeps {
  readonly call: Caller;
  readonly locale: () => string;
  readonly zone: () => string;
  readonly tell: <name extends keyof Told>(name: name, detail: Told[name]) => void;
}

type Dispatch = (event: MeetingsEvent) => void;

const HOUR_MS = 3_600_000;
/** How far back the list goes. */
const BACK_MS = 7 * 24 * HOUR_MS;

/** Carries out what the list asks for. Failures come back as events too, never as exceptions. */
export async function runMeetingsEffect(deps: MeetingsDeps, effect: MeetingsEffect, dispatch: Dispatch): Promise<void> {
  const more = meetingsClientOf(deps.call);
  const client = clientOf(deps.call);
  switch (effect.type) {
    case 'load': {
      // Whole hours, so that the address, and with it the tag of the answer, stays the same for a while.
      const from = new Date(Math.floor((Date.now() - BACK_MS) / HOUR_MS) * HOUR_MS).toISOString();
      const { generation } = effect;
      const [bookings, proposals] = await Promise.all([more.meetings(from), more.proposals()]);
      if (!bookings.ok) dispatch({ type: 'loadFailed', generation, failure: bookings });
      else if (!proposals.ok) dispatch({ type: 'loadFailed', generation, failure: proposals });
      else
        dispatch({
          type: 'loaded',
          generation,
          bookings: bookings.value,
          proposals: proposals.value,
          atMs: Date.now(),
        });
      return;
    }
    case 'loadEventTypes': {
      const answers = await Promise.all(effect.ids.map((id) => more.eventType(id)));
      const found: Record<string, PublicEventType | null> = {};
      for (const [index, id] of effect.ids.entries()) {
        const answer = answers[index];
        if (answer?.ok) found[id] = answer.value;
        // One whose answer was lost is asked for again with the next list.
        else if (answer?.code === 'not_found' || answer?.code === 'forbidden') found[id] = null;
      }
      dispatch({ type: 'eventTypes', found });
      return;
    }
    case 'loadTimes': {
      const { asked, eventTypeId, from, to, durationMinutes } = effect;
      const answer = await client.slots({ eventTypeId, from, to, timeZone: deps.zone(), durationMinutes, include: 'eventType' });
      dispatch(answer.ok ? { type: 'timesLoaded', asked, answer: answer.value } : { type: 'timesFailed', asked, failure: answer });
      return;
    }
    case 'act':
      return act(client, more, effect.action, effect.given, dispatch);
    case 'agree':
      return agree(deps, client, more, effect.terms, dispatch);
    case 'tell':
      deps.tell(effect.name, effect.detail);
      return;
    default:
      effect satisfies never;
  }
}

/** `given` names acknowledgements made for this action, separated by commas. */
async function act(client: Client, more: MeetingsClient, action: MeetingsAction, given: string, dispatch: Dispatch): Promise<void> {
  const answer = await send(client, more, action, given);
  dispatch(answer.ok ? { type: 'acted', action, result: answer.value } : { type: 'actFailed', action, failure: answer, given });
}

/** First the acknowledgement, then what waited for it. */
async function agree(deps: MeetingsDeps, client: Client, more: MeetingsClient, terms: PendingTerms, dispatch: Dispatch): Promise<void> {
  const { noticeVersionId, locale } = terms.notice;
  const impressionId = impressions.get(noticeVersionId) ?? null;
  const answer = await client.acknowledge({ noticeVersionId, locale, impressionId, timeZone: deps.zone() });
  if (!answer.ok) return dispatch({ type: 'agreeFailed', failure: answer });
  deps.tell('acknowledged', { acknowledgementId: answer.value.id, noticeVersionId });
  await act(client, more, terms.action, [terms.given, answer.value.id].filter(Boolean).join(','), dispatch);
}

async function send(client: Client, more: MeetingsClient, action: MeetingsAction, given: string): Promise<Result<ActionResult>> {
  const { id } = action;
  const acknowledged = given === '' ? {} : { acknowledgementId: given };
  switch (action.kind) {
    case 'confirm':
      return ofBooking(client.decide(id, 'confirm', action.message === '' ? {} : { message: action.message }));
    case 'decline':
      return ofBooking(client.decide(id, 'decline', reasonOf(action)));
    case 'cancel':
      return ofBooking(client.cancel(id, reasonOf(action)));
    case 'addGuest':
      return ofBooking(client.changeGuests(id, { add: [{ email: action.email }] }));
    case 'removeGuest':
      return ofBooking(client.changeGuests(id, { remove: [action.guestId] }));
    case 'noShow':
      return ofBooking(more.markNoShow(id));
    case 'note':
      return ofBooking(more.keepNote(id, action.text === '' ? null : action.text));
    case 'accept':
      return ofBooking(more.acceptProposal(id, { start: action.start, ...acknowledged }));
    case 'withdraw':
      return ofProposal(more.withdrawProposal(id, reasonOf(action)));
    case 'propose': {
      const { eventTypeId, starts, durationMinutes, expiresMinutes, key } = action;
      const body = {
        eventTypeId,
        starts: [...starts],
        expiresMinutes,
        ...(durationMinutes !== null && { durationMinutes }),
        ...acknowledged,
      };
      return ofProposal(more.propose(body, key));
    }
    default:
      return action satisfies never;
  }
}

function reasonOf({ reason }: { readonly reason: string }): { reason?: string } {
  return reason === '' ? {} : { reason };
}

async function ofBooking(call: ReturnType<Client['booking']>): Promise<Result<ActionResult>> {
  const answer = await call;
  return answer.ok ? { ok: true, value: { booking: answer.value } } : answer;
}

async function ofProposal(call: ReturnType<MeetingsClient['withdrawProposal']>): Promise<Result<ActionResult>> {
  const answer = await call;
  return answer.ok ? { ok: true, value: { proposal: answer.value } } : answer;
}
