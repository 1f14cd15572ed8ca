import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Form, Issue, State } from './state.ts';

const EMAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;
const PHONE = /^\+?[0-9 ().\-/]{5,32}$/;

/** What is missing or wrong in the form, keyed by field (`answers.KEY` for a question). The server checks again; this spares a round trip. */
export function checkForm(state: State): Record<string, Issue> {
  const { form, identity, about, notice } = state;
  const issues: Record<string, Issue> = {};
  if (state.purpose.kind === 'book' && about !== null) {
    const wantsEmail = identity === null || form.email.trim() !== '';
    if (identity === null && form.name.trim() === '') issues['name'] = { say: 'needName' };
    if (wantsEmail && !EMAIL.test(form.email.trim())) issues['email'] = { say: 'needEmail' };
    if (locationOf(form, about.eventType) === 'phone' && !PHONE.test(form.phone.trim())) issues['phone'] = { say: 'needPhone' };
    for (const { key, required, type } of about.eventType.questions) {
      const answer = form.answers[key]?.trim() ?? '';
      if (required === true && answer === '') issues[`answers.${key}`] = { say: 'needAnswer' };
      else if (type === 'phone' && answer !== '' && !PHONE.test(answer)) issues[`answers.${key}`] = { say: 'needPhone' };
    }
    const guests = guestsOf(form);
    if (guests.some((guest) => !EMAIL.test(guest))) issues['guests'] = { say: 'needGuests' };
    else if (guests.length > about.eventType.guestLimit) issues['guests'] = { say: 'tooManyGuests', count: about.eventType.guestLimit };
  }
  if (needsReason(state) && form.reason.trim() === '') issues['reason'] = { say: 'needReason' };
  if (notice !== null && !form.acknowledged) issues['acknowledgement'] = { say: 'needTick' };
  return issues;
}

/** Whether the visitor must say why the meeting is moved. */
export function needsReason({ purpose, about, isHost }: State): boolean {
  return purpose.kind === 'move' && !isHost && about?.eventType.reasonRequired === true;
}

/** The addresses typed into the guests' field. */
export function guestsOf(form: Form): string[] {
  return form.guests.split(/[\s,;]+/).filter((guest) => guest !== '');
}

/** The chosen kind of place; the first one offered until another is chosen. */
export function locationOf(form: Form, eventType: PublicEventType): string {
  return form.location || (eventType.locations[0]?.type ?? 'room');
}
