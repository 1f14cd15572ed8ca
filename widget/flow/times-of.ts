import type { ComponentChildren } from 'preact';
import type { Slot } from '../../shared/contract/slots.ts';
import type { Formats } from '../i18n/formats.ts';
import { offsetLabel } from '../time/zones.ts';
import type { State } from './state.ts';
import { slotsOn } from './transition.ts';

export interface TimeChoice {
  readonly slot: Slot;
  readonly text: string;
  /** The offset, where one wall time comes twice on that day; `null` elsewhere. */
  readonly offset: string | null;
  /** What is to be known of this time before it is chosen. */
  readonly note?: ComponentChildren;
}

export interface TimesView {
  readonly heading: string;
  readonly choices: readonly TimeChoice[];
}

/** The times of the chosen day; `null` while no day is chosen. */
export function timesOf(state: State, formats: Formats): TimesView | null {
  if (state.date === null) return null;
  return { heading: formats.longDate(state.date), choices: choicesOf(slotsOn(state, state.date), formats) };
}

/** Slots as a person reads them. When clocks go back an hour comes twice: both are kept, told apart by their offset. */
export function choicesOf(slots: readonly Slot[], formats: Formats): TimeChoice[] {
  const seen = new Map<string, number>();
  for (const { start } of slots) seen.set(start.slice(0, 16), (seen.get(start.slice(0, 16)) ?? 0) + 1);
  return slots.map((slot) => ({
    slot,
    text: formats.time(slot.start),
    offset: (seen.get(slot.start.slice(0, 16)) ?? 0) > 1 ? offsetLabel(slot.start) : null,
  }));
}
