import type { Slot } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import { findNextFree } from './find-next-free.ts';
import { focus } from './focus.ts';
import { identityOf } from './identity-of.ts';
import { checkForm, guestsOf, locationOf, needsReason } from './check-form.ts';
import { issuesOf } from './issues-of.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import type { About, FlowEvent, Form, Issue, State } from './state.ts';
import { lose, startOver } from './choose-transition.ts';
import { hasFailed, tellFailure } from './recover-transition.ts';
import type { Step } from './transition.ts';

/** The steps after a time is chosen: filling in, sending, done. Pure. `null` for an event that others answer. */
export function bookTransition(state: State, event: FlowEvent): Step | null {
  switch (event.type) {
    case 'partArrived':
      // The month that was there before it may have turned out empty.
      return findNextFree({
        ...state,
        sending: { status: 'idle' },
        identity: event.identity,
        isHost: event.isHost,
        form: { ...state.form, ...event.form },
      });
    case 'back':
      // What is on its way cannot be called back: its answer would meet another choice.
      return state.sending.status === 'busy' ? [state] : leaveDetails(state);
    case 'edit':
      return [edited(state, { [event.field]: event.value }, event.field)];
    case 'answer':
      return [edited(state, { answers: { ...state.form.answers, [event.key]: event.value } }, `answers.${event.key}`)];
    case 'tick':
      return [edited(state, { acknowledged: event.acknowledged }, 'acknowledgement')];
    case 'submit':
      return submit(state, event.freshKey);
    case 'acknowledged':
      return [
        {
          ...state,
          acknowledgementId: event.id,
          attempt: state.attempt && { ...state.attempt, acknowledge: null, acknowledgementId: event.id },
          unsure: state.unsure && { ...state.unsure, acknowledge: null, acknowledgementId: event.id },
        },
        { type: 'tell', name: 'acknowledged', detail: { acknowledgementId: event.id, noticeVersionId: event.noticeVersionId } },
      ];
    case 'booked':
      return [
        focus(
          { ...state, step: 'done', booking: event.booking, sending: { status: 'idle' }, hold: null, taken: null, unsure: undefined },
          'done',
        ),
        { type: 'tell', name: state.purpose.kind === 'book' ? 'booked' : 'rescheduled', detail: event.booking },
        ...(state.purpose.kind === 'book' ? [{ type: 'leave' } as const] : []),
      ];
    case 'sendFailed':
      return sendFailed(state, event.failure);
    case 'retry':
      return resend(state);
    case 'reconnected':
      return hasFailed(state, ['offline', 'unreachable']) ? resend(state) : null;
    case 'tokenRenewed':
      return hasFailed(state, ['token_expired', 'unauthenticated']) ? resend({ ...state, identity: identityOf(event.token) }) : null;
    case 'restart':
      return startOver({
        ...state,
        step: 'pick',
        slot: null,
        booking: null,
        attempt: null,
        acknowledgementId: null,
        form: { ...state.form, note: '', reason: '', acknowledged: false },
      });
    default:
      return null;
  }
}

function leaveDetails(state: State): Step {
  const left = focus({ ...state, step: 'pick', slot: null, hold: null, issues: {}, sending: { status: 'idle' } }, 'times');
  return state.hold === null ? [left] : [left, { type: 'release', holdId: state.hold.id }];
}

/** Sends again what failed, with the key it had, so that a request that did arrive counts once. */
function resend(state: State): Step | null {
  const last = state.attempt ?? state.unsure;
  if (state.sending.status !== 'failed' || last === undefined) return null;
  return submit({ ...state, sending: { status: 'idle' } }, last.key);
}

function edited(state: State, change: Partial<Form>, field: string): State {
  const { [field]: _mended, ...issues } = state.issues;
  // What failed was another text; the next try is a new one.
  const sending = state.sending.status === 'failed' ? { status: 'idle' as const } : state.sending;
  return { ...state, form: { ...state.form, ...change }, issues, sending, attempt: null };
}

/** Sends the booking with this key, or says what is missing; while the hold of its time is not answered it waits. */
export function submit(state: State, freshKey: string): Step {
  const { slot, about, purpose, unsure } = state;
  if (slot === null || about === null || state.sending.status === 'busy') return [state];
  const issues = checkForm(state);
  if (Object.keys(issues).length > 0) return [withIssues(state, issues)];
  if (state.holdsAsked > 0) return [{ ...state, issues: {}, sending: { status: 'busy', waitingKey: freshKey } }];
  const attempt = state.attempt ?? {
    type: 'send',
    acknowledge: state.notice !== null && state.acknowledgementId === null ? state.notice.noticeVersionId : null,
    acknowledgementId: state.acknowledgementId,
    zone: state.zone,
    key: unsure?.key ?? freshKey,
    request:
      purpose.kind === 'move'
        ? {
            kind: 'move',
            bookingId: purpose.bookingId,
            start: slot.start,
            holdId: state.hold?.id ?? null,
            reason: needsReason(state) ? state.form.reason.trim() : null,
          }
        : { kind: 'book', body: bookingBody(state, about, slot) },
  };
  return [{ ...state, issues: {}, sending: { status: 'busy' }, attempt, unsure: unsure ?? attempt }, attempt];
}

function bookingBody({ identity, durationMinutes, hold, zone, form }: State, { eventType }: About, slot: Slot) {
  const location = locationOf(form, eventType);
  const answers = Object.fromEntries(
    eventType.questions.map(({ key }) => [key, form.answers[key]?.trim() ?? '']).filter(([, text]) => text !== ''),
  );
  const guests = guestsOf(form).map((email) => ({ email }));
  const email = form.email.trim();
  return {
    start: slot.start,
    ...(durationMinutes !== null && { durationMinutes }),
    ...(hold !== null && { holdId: hold.id }),
    invitee: {
      ...(identity === null && { name: form.name.trim() }),
      ...(email !== '' && { email }),
      ...(location === 'phone' && { phone: form.phone.trim() }),
      timeZone: zone,
    },
    ...(guests.length > 0 && { guests }),
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(form.note.trim() !== '' && { note: form.note.trim() }),
    location: { type: location as 'room' },
  };
}

function sendFailed(before: State, failure: Failure): Step {
  const { code, problem } = failure;
  const { unsure } = before;
  // The first did arrive, though its answer did not: it is asked for again, as it was.
  if (code === 'idempotency_key_reused' && unsure) return [{ ...before, attempt: unsure, unsure: undefined }, unsure];
  const state: State = mayHaveArrived(failure) ? before : { ...before, unsure: undefined };
  if (code === 'slot_unavailable' || code === 'hold_expired') return lose(state, failure);
  const stopped: State = { ...state, sending: { status: 'idle' } };
  if (code === 'acknowledgement_required' && problem?.notice !== undefined) {
    const asked = {
      ...stopped,
      attempt: null,
      notice: problem.notice,
      acknowledgementId: null,
      form: { ...state.form, acknowledged: false },
    };
    return [withIssues(asked, { acknowledgement: { say: 'needTick' } })];
  }
  const issues = issuesOf(problem);
  if (issues['reason'] !== undefined && !needsReason(state))
    return [withIssues({ ...askForReason(stopped), attempt: null }, { reason: { say: 'needReason' } })];
  if (Object.keys(issues).length > 0) return [withIssues({ ...stopped, attempt: null }, issues)];
  return [focus({ ...state, sending: { status: 'failed', failure } }, 'failure'), ...tellFailure(failure)];
}

/** The rule is newer than what was loaded, or the link is not the host's after all. */
function askForReason(state: State): State {
  const about = state.about && { ...state.about, eventType: { ...state.about.eventType, reasonRequired: true } };
  return { ...state, about, isHost: false };
}

function withIssues(state: State, issues: Readonly<Record<string, Issue>>): State {
  return focus({ ...state, issues }, 'issue');
}
