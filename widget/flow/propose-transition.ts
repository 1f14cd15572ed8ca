import type { Proposal } from '../../shared/contract/proposal.ts';
import type { SlotDay, SlotsAnswer } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import { addDays } from '../time/local-date.ts';
import type { MeetingsStep, ProposeEvent } from './meetings-event.ts';
import { MOST_PROPOSED, type MeetingsState, PROPOSE, type ProposeState } from './meetings-state.ts';
import { focusOn } from './meetings-changes.ts';

type Step = MeetingsStep<MeetingsState>;

/** Days shown at once, and how many empty weeks are leafed over when the form opens. */
export const DAYS_SHOWN = 7;
const MOST_LEAFED = 4;

/** What follows from one event in the form that offers times. */
export function proposeTransition(
  state: MeetingsState,
  event: ProposeEvent | { readonly type: 'offerFailed'; readonly failure: Failure },
): Step {
  const { propose } = state;
  if (event.type === 'openPropose') {
    const opened = focusOn({ ...state, open: null, terms: null, problem: null }, 'form');
    return ask(opened, freshForm(state, event.eventTypeId, event.today));
  }
  if (propose === null) return [state];
  switch (event.type) {
    case 'closePropose':
      return [focusOn({ ...state, propose: null, terms: null, problem: null }, `open:${PROPOSE}`)];
    case 'timesLoaded':
      return event.asked === propose.asked ? takeTimes(state, propose, event.answer) : [state];
    case 'timesFailed':
      return event.asked === propose.asked ? [put(state, { ...propose, status: 'failed', failure: event.failure })] : [state];
    case 'showFrom':
      return ask(state, { ...propose, from: event.from < propose.today ? propose.today : event.from, mayLeaf: 0 });
    case 'toggleTime':
      return [put(state, { ...propose, chosen: toggled(propose.chosen, event.start), needsOne: false })];
    case 'dropTime':
      return [focusOn(put(state, { ...propose, chosen: propose.chosen.filter((one) => one !== event.start) }), 'chosen')];
    case 'pickEventType':
      return ask(state, freshForm(state, event.eventTypeId, propose.today));
    case 'pickDuration':
      return ask(state, { ...propose, durationMinutes: event.minutes, chosen: [], from: propose.today, mayLeaf: MOST_LEAFED });
    case 'pickExpiry':
      return [put(state, { ...propose, expiresDays: event.days })];
    case 'sendPropose':
      return send(state, propose, event.freshKey);
    case 'offerFailed':
      // A time that was taken meanwhile must not stand in the form any longer.
      return event.failure.code === 'slot_unavailable' ? ask(state, propose) : [state];
    default:
      return event satisfies never;
  }
}

function freshForm({ role, proposals }: MeetingsState, eventTypeId: string, today: string): ProposeState {
  const own = openOffer(proposals, eventTypeId, role);
  return {
    eventTypeId,
    from: today,
    today,
    status: 'loading',
    asked: 0,
    mayLeaf: MOST_LEAFED,
    days: [],
    durationMinutes: own?.durationMinutes ?? null,
    expiresDays: 2,
    chosen: [],
    needsOne: false,
    failure: null,
  };
}

/** The open offer of one's own that a new one would replace. */
export function openOffer(proposals: readonly Proposal[], eventTypeId: string, role: MeetingsState['role']): Proposal | undefined {
  return proposals.find((one) => one.status === 'open' && one.by === role && one.eventTypeId === eventTypeId);
}

function ask(state: MeetingsState, propose: ProposeState): Step {
  const asked = state.timesAsked + 1;
  const { eventTypeId, from, durationMinutes } = propose;
  return [
    put({ ...state, timesAsked: asked }, { ...propose, asked, status: 'loading', failure: null }),
    { type: 'loadTimes', asked, eventTypeId, from, to: addDays(from, DAYS_SHOWN - 1), durationMinutes },
  ];
}

function takeTimes(state: MeetingsState, propose: ProposeState, answer: SlotsAnswer): Step {
  const eventTypes = answer.eventType ? { ...state.eventTypes, [answer.eventType.id]: answer.eventType } : state.eventTypes;
  const shown = { ...state, eventTypes };
  const days = answer.days.filter(({ slots }) => slots.length > 0);
  if (days.length === 0 && propose.mayLeaf > 0)
    return ask(shown, { ...propose, from: addDays(propose.from, DAYS_SHOWN), mayLeaf: propose.mayLeaf - 1 });
  const { durationMinutes } = answer;
  const chosen = stillFree(propose.chosen, answer.days);
  return [put(shown, { ...propose, status: 'ready', days, durationMinutes, chosen, mayLeaf: 0 })];
}

/** Chosen times of the days just asked for stay only where those days still have them. */
function stillFree(chosen: readonly string[], days: readonly SlotDay[]): string[] {
  const asked = new Map(days.map(({ date, slots }) => [date, slots]));
  return chosen.filter((start) => asked.get(start.slice(0, 10))?.some((slot) => slot.start === start) ?? true);
}

function toggled(chosen: readonly string[], start: string): readonly string[] {
  if (chosen.includes(start)) return chosen.filter((one) => one !== start);
  if (chosen.length >= MOST_PROPOSED) return chosen;
  return [...chosen, start].toSorted((one, two) => Date.parse(one) - Date.parse(two));
}

function send(state: MeetingsState, propose: ProposeState, key: string): Step {
  if (state.busy !== null) return [state];
  if (propose.chosen.length === 0) return [focusOn(put(state, { ...propose, needsOne: true }), 'times')];
  const { eventTypeId, durationMinutes, chosen: starts } = propose;
  const expiresMinutes = propose.expiresDays * 1440;
  const action = { kind: 'propose', id: PROPOSE, eventTypeId, starts, durationMinutes, expiresMinutes, key } as const;
  return [
    { ...state, busy: PROPOSE, problem: null },
    { type: 'act', action, given: '' },
  ];
}

function put(state: MeetingsState, propose: ProposeState): MeetingsState {
  return { ...state, propose };
}
