import type { Hold, HoldCreate } from '../../shared/contract/hold.ts';
import { type Client, clientOf } from '../api/client.ts';
import { loadModule } from '../api/load-module.ts';
import { impressions } from '../api/impressions.ts';
import type { Result } from '../api/result.ts';
import type { Effect, SendEffect } from './effect.ts';
import type { Dispatch, EffectDeps } from './load-times.ts';
import { forgetHold, keepForPage } from './held-by-page.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import type { Own } from './state.ts';

export type LaterEffect = Extract<Effect, { type: 'hold' | 'release' | 'send' | 'leave' | 'readCalendar' }>;

/** Carries out what the later steps ask for. Failures come back as events too, never as exceptions. */
export async function runLaterEffect(deps: EffectDeps, effect: LaterEffect, dispatch: Dispatch): Promise<void> {
  const client = clientOf(deps.call);
  switch (effect.type) {
    case 'hold': {
      const { start, durationMinutes, replaces, rescheduleOf } = effect;
      const { eventTypeId } = deps;
      const answer = await hold(client, {
        eventTypeId,
        start,
        durationMinutes,
        ...(replaces !== null && { replaces }),
        ...(rescheduleOf !== null && { rescheduleOf }),
      });
      forgetHold(replaces);
      if (!answer.ok) return dispatch({ type: 'holdRefused', start, failure: answer });
      // Taken off the page meanwhile, the element hears no answer.
      if (!deps.host.isConnected) return void (await client.release(answer.value.id));
      keepForPage(answer.value.id, () => {
        dispatch({ type: 'holdGiven', holdId: answer.value.id });
        void client.release(answer.value.id);
      });
      return dispatch({ type: 'held', start, hold: answer.value });
    }
    case 'release':
      forgetHold(effect.holdId);
      await client.release(effect.holdId);
      return;
    case 'leave':
      await leave(deps, client);
      return;
    case 'readCalendar':
      dispatch({ type: 'calendarRead', file: effect.file, own: await readOwn(effect.file) });
      return;
    case 'send':
      await sendBooking(deps, client, effect, dispatch);
      return;
    default:
      effect satisfies never;
  }
}

/** Asked for once more where no answer came: a hold that nobody knows of would stand in the way of the visitor's own booking. */
async function hold(client: Client, body: HoldCreate): Promise<Result<Hold>> {
  const key = crypto.randomUUID();
  const answer = await client.hold(body, key);
  return !answer.ok && mayHaveArrived(answer) ? client.hold(body, key) : answer;
}

/** The code that reads calendars is fetched with the first file. A file that has gone meanwhile cannot be read either. */
async function readOwn(file: File): Promise<Own> {
  const module = await loadModule<typeof import('../on-demand/own-calendar.ts')>('own-calendar').catch(() => null);
  if (module === null) return { status: 'refused', say: 'ownUnready' };
  const read = await module.readCalendar(file).catch(() => 'ownUnreadable' as const);
  if (typeof read === 'string') return { status: 'refused', say: read };
  return read.events === 0 ? { status: 'refused', say: 'ownNone' } : { status: 'read', calendar: read };
}

/** First the acknowledgement, then the booking. A later try skips what is already done. */
async function sendBooking(deps: EffectDeps, client: Client, effect: SendEffect, dispatch: Dispatch): Promise<void> {
  const { eventTypeId } = deps;
  const locale = deps.locale();
  const { request, acknowledge: noticeVersionId, zone } = effect;
  let { acknowledgementId } = effect;
  if (noticeVersionId !== null) {
    const answer = await client.acknowledge({
      noticeVersionId,
      locale,
      impressionId: impressions.get(noticeVersionId) ?? null,
      timeZone: zone,
    });
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
          ...(request.reason !== null && { reason: request.reason }),
          ...acknowledged,
        });
  if (!answer.ok) return dispatch({ type: 'sendFailed', failure: answer });
  forgetHold(request.kind === 'book' ? (request.body.holdId ?? null) : request.holdId);
  dispatch({ type: 'booked', booking: answer.value });
}

/** An address of another origin must be one of the tenant's, which only the server knows. */
async function leave({ host }: EffectDeps, client: Client): Promise<void> {
  const stated = host.getAttribute('redirect-url');
  if (stated === null || !URL.canParse(stated, location.href)) return;
  const { href, origin, protocol } = new URL(stated, location.href);
  if (!protocol.startsWith('http')) return;
  if (origin !== location.origin) {
    const answer = await client.mayRedirect(href);
    if (!answer.ok || !answer.value.allowed) return;
  }
  location.assign(href);
}
