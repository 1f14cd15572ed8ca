import { askSlots } from '../api/ask-slots.ts';
import type { Caller } from '../api/caller.ts';
import type { Effect, Told } from './effect.ts';
import type { FlowEvent } from './state.ts';

export interface EffectDeps {
  /** The element, for what its attributes say. */
  readonly host: HTMLElement;
  readonly call: Caller;
  readonly eventTypeId: string;
  /** The reader's, at this moment. */
  readonly locale: () => string;
  readonly tell: <name extends keyof Told>(name: name, detail: Told[name]) => void;
}

export type Dispatch = (event: FlowEvent) => void;

/** Asks for times and hands back what came of it. Failures come back as events too, never as exceptions. */
export async function loadTimes(
  { call, eventTypeId }: EffectDeps,
  effect: Extract<Effect, { type: 'load' }>,
  dispatch: Dispatch,
): Promise<void> {
  const { generation, months, from, to, zone, durationMinutes, holdId, rescheduleOf } = effect;
  const include = effect.withAbout ? 'eventType,notice,brand' : null;
  const answer = await askSlots(call, { eventTypeId, from, to, timeZone: zone, durationMinutes, holdId, rescheduleOf, include });
  dispatch(
    answer.ok ? { type: 'loaded', generation, months, answer: answer.value } : { type: 'loadFailed', generation, months, failure: answer },
  );
}
