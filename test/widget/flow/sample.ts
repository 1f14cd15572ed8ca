import type { CurrentNotice } from '../../../shared/contract/notice.ts';
import type { Slot, SlotsAnswer } from '../../../shared/contract/slots.ts';
import type { Effect, SendEffect } from '../../../widget/flow/effect.ts';
import { type FlowEvent, initialState, type Prefill, type State } from '../../../widget/flow/state.ts';
import { laterTransition } from '../../../widget/flow/later-transition.ts';
import type { Step } from '../../../widget/flow/transition.ts';

/** Monday, 3 August 2026, noon in Kolkata. */
export const NOW_MS = Date.parse('2026-08-03T06:30:00Z');
export const ZONE = 'Asia/Kolkata';

/** Two times on the 4th, one on the 6th, for a host in New York. */
export const SLOT = { start: '2026-08-04T19:30:00+05:30', end: '2026-08-04T20:00:00+05:30' };
export const LATER = { start: '2026-08-04T20:00:00+05:30', end: '2026-08-04T20:30:00+05:30' };
const THIRD = { start: '2026-08-06T19:30:00+05:30', end: '2026-08-06T20:00:00+05:30' };

export const NOTICE: CurrentNotice = {
  noticeVersionId: 'ntv_1',
  key: 'terms',
  version: 1,
  locale: 'en',
  text: 'Stay here.',
  textHash: 'f00',
  label: 'I have read it',
  fallback: null,
  acknowledgement: 'oncePerRoom',
  severity: 'info',
};

export const EVENT_TYPE: NonNullable<SlotsAnswer['eventType']> = {
  id: 'evt_1',
  title: 'Intro',
  description: '',
  durationsMinutes: [30, 60],
  locations: [{ type: 'room' }],
  questions: [],
  guestLimit: 2,
  confirmation: 'instant',
  message: null,
  active: true,
  reasonRequired: false,
  hosts: [{ id: 'host_1', name: 'Dana Reyes', timeZone: 'America/New_York' }],
};

/** An answer for the dates given; every other date of the range is listed without times. */
export function answerOf(days: Record<string, { start: string; end: string }[]>, extra: Partial<SlotsAnswer> = {}): SlotsAnswer {
  return {
    timeZone: ZONE,
    hostTimeZone: 'America/New_York',
    durationMinutes: 30,
    days: Object.entries(days).map(([date, slots]) => ({ date, available: slots.length > 0, slots })),
    calendarStatus: 'fresh',
    warnings: [],
    ...extra,
  };
}

export const AUGUST = answerOf({ '2026-08-03': [], '2026-08-04': [SLOT, LATER], '2026-08-05': [], '2026-08-06': [THIRD] });

export function freshState({
  identity = null,
  form = {},
  ...over
}: Partial<Pick<State, 'purpose' | 'zone' | 'today' | 'nowMs' | 'durationMinutes' | 'identity'>> & { form?: Prefill } = {}): State {
  const state = initialState({
    purpose: { kind: 'book' },
    zone: ZONE,
    today: '2026-08-03',
    nowMs: NOW_MS,
    durationMinutes: null,
    ...over,
  });
  return { ...state, identity, form: { ...state.form, ...form } };
}

/** The state after all events, and every effect asked for on the way. */
export function play(state: State, ...events: FlowEvent[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, ...asked]: Step = laterTransition(state, event);
    state = next;
    effects.push(...asked);
  }
  return { state, effects };
}

/** August shown, with everything the first answer tells. */
export function openState(over: Parameters<typeof freshState>[0] = {}, extra: Partial<SlotsAnswer> = {}): State {
  const answer = { ...AUGUST, eventType: EVENT_TYPE, notice: null, brand: { name: 'Fieldwork', color: null, logoUrl: null }, ...extra };
  return play(freshState(over), { type: 'start' }, { type: 'loaded', generation: 0, months: ['2026-08'], answer }).state;
}

/** A time chosen and held. */
export function chosenState(slot: Slot, over: Parameters<typeof freshState>[0] = {}, extra: Partial<SlotsAnswer> = {}): State {
  return play(openState(over, extra), { type: 'pickSlot', slot }, heldAt(slot)).state;
}

/** The hold that was asked for with this slot. */
export function heldAt({ start }: Slot, id = 'hold_1'): FlowEvent {
  return { type: 'held', start, hold: { id, expiresAt: '2026-08-03T09:05:00Z' } };
}

/** A time chosen and held, and the form filled in. */
export function filledState(over: Parameters<typeof freshState>[0] = {}, extra: Partial<SlotsAnswer> = {}): State {
  return play(
    chosenState(SLOT, over, extra),
    { type: 'edit', field: 'name', value: 'Asha Rao' },
    { type: 'edit', field: 'email', value: 'asha@example.com' },
  ).state;
}

export function sendOf(effects: readonly Effect[]): SendEffect {
  const found = effects.find((effect) => effect.type === 'send');
  if (found === undefined) throw new Error('nothing was sent');
  return found;
}
