import type { SectionName } from './state.ts';

const BEGINNINGS: Readonly<Record<string, SectionName>> = {
  hours: 'week',
  week: 'week',
  timeZone: 'week',
  special: 'days',
  travel: 'travel',
  message: 'messages',
  reminder: 'messages',
  reminders: 'messages',
};

/** The section that a control or a field of the draft stands in; `null` for none in particular. */
export function sectionOf(id: string): SectionName | null {
  return id === '' ? null : (BEGINNINGS[id.split('-')[0] ?? ''] ?? 'rules');
}
