import { PREVIEW_WEEKS } from '../../flow/availability/state.ts';
import { commaOf } from '../../i18n/comma-of.ts';
import type { SettingsTools } from './settings-tools.ts';

/** What saving would change for clients, in one line; `null` while it is not known or nothing would change. */
export function changeText({ state, say, formats }: Pick<SettingsTools, 'state' | 'say' | 'formats'>): string | null {
  const { change, status } = state.preview;
  if (change === null) return status === 'failed' ? say('previewFailed') : null;
  const { gained, lost, outside } = change;
  const parts = [
    gained.length > 0 ? say('moreTimes', { count: gained.length }) : '',
    lost.length > 0 ? say('fewerTimes', { count: lost.length }) : '',
  ].filter(Boolean);
  const times =
    parts.length === 0 ? say('sameTimes') : `${parts.join(commaOf(formats.locale))} ${say('overWeeks', { count: PREVIEW_WEEKS })}`;
  return outside.length === 0 ? times : `${times}. ${say('outside', { count: outside.length })}.`;
}
