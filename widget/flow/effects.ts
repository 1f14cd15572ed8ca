import type { Client } from '../api/client.ts';
import type { Effect, Told } from './effect.ts';
import type { FlowEvent } from './state.ts';

export interface EffectDeps {
  readonly client: Client;
  readonly eventTypeId: string;
  readonly locale: string;
  /** The impression this page has reported for a notice version, if it has one in view. */
  readonly impressionOf: (noticeVersionId: string) => string | null;
  readonly tell: <name extends keyof Told>(name: name, detail: Told[name]) => void;
}

/** Carries out what a transition asked for and hands back what came of it. Failures come back as events too, never as exceptions. */
export async function runEffect(deps: EffectDeps, effect: Effect, dispatch: (event: FlowEvent) => void): Promise<void> {
  const { client, eventTypeId } = deps;
  switch (effect.type) {
    case 'load': {
      const { generation, months, from, to, zone, durationMinutes, holdId, rescheduleOf } = effect;
      const include = effect.withAbout ? 'eventType,notice,brand' : null;
      const answer = await client.slots({ eventTypeId, from, to, timeZone: zone, durationMinutes, holdId, rescheduleOf, include });
      dispatch(
        answer.ok
          ? { type: 'loaded', generation, months, answer: answer.value }
          : { type: 'loadFailed', generation, months, failure: answer },
      );
      return;
    }
    case 'hold': {
      const { start, durationMinutes, replaces, rescheduleOf } = effect;
      const answer = await client.hold({
        eventTypeId,
        start,
        durationMinutes,
        ...(replaces !== null && { replaces }),
        ...(rescheduleOf !== null && { rescheduleOf }),
      });
      dispatch(answer.ok ? { type: 'held', start, hold: answer.value } : { type: 'holdRefused', start, failure: answer });
      return;
    }
    case 'release':
      await client.release(effect.holdId);
      return;
    case 'send':
      await send(deps, effect, dispatch);
      return;
    case 'tell':
      deps.tell(effect.name, effect.detail);
      return;
    default:
      effect satisfies never;
  }
}

/** First the acknowledgement, then the booking. A later try skips what is already done. */
async function send(deps: EffectDeps, effect: Extract<Effect, { type: 'send' }>, dispatch: (event: FlowEvent) => void): Promise<void> {
  const { client, eventTypeId, locale } = deps;
  const { request, acknowledge: noticeVersionId, zone } = effect;
  let { acknowledgementId } = effect;
  if (noticeVersionId !== null) {
    const answer = await client.acknowledge({ noticeVersionId, locale, impressionId: deps.impressionOf(noticeVersionId), timeZone: zone });
    if (!answer.ok) return dispatch({ type: 'sendFailed', failure: answer });
    acknowledgementId = answer.value.id;
    dispatch({ type: 'acknowledged', id: acknowledgementId, noticeVersionId });
  }
  const acknowledged = acknowledgementId === null ? {} : { acknowledgementId };
  const answer =
    request.kind === 'book'
      ? await client.book({ ...request.body, eventTypeId, invitee: { ...request.body.invitee, locale }, ...acknowledged }, effect.key)
      : await client.reschedule(request.bookingId, {
          start: request.start,
          ...(request.holdId !== null && { holdId: request.holdId }),
          ...acknowledged,
        });
  dispatch(answer.ok ? { type: 'booked', booking: answer.value } : { type: 'sendFailed', failure: answer });
}
