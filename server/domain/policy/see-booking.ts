import type { Location, Question } from '../../../shared/contract/event-type.ts';

/**
 * Who reads a booking. `operator` is the tenant's secret key; a webhook of kind `full` reads as operator, one of kind `masked` as
 * `outsider`. Guests read as guests.
 */
export type Reader = 'operator' | 'invitee' | 'host' | 'guest' | 'outsider';

export interface Contact {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** What may be told of one person. A field that may not be told is absent. */
export interface SeenContact {
  readonly name: string;
  readonly externalId?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
}

/**
 * The masking invariant, in one place: while contact sharing is off, nothing tells one side the other side's mail address, phone
 * or own id. Everybody may see themselves; the invitee sees the guests, whom the invitee brought along; the operator sees all.
 */
export function seeContact(
  contact: Contact,
  owner: 'invitee' | 'host' | 'guest',
  reader: Reader,
  sharesContactDetails: boolean,
): SeenContact {
  const name = contact.name ?? '';
  const { externalId, email, phone } = contact;
  if (reader === 'operator') return { name, externalId, email, phone };
  if (reader === owner && owner !== 'guest') return { name, externalId, email, phone };
  if (reader === 'invitee' && owner === 'guest') return { name, email };
  if (!sharesContactDetails || reader === 'outsider') return { name };
  if (reader === 'guest') return { name };
  return { name, email, phone };
}

/** Where to meet; a link, number or address is a contact detail, so only its kind is told while sharing is off. */
export function seeLocation(location: Location, reader: Reader, sharesContactDetails: boolean): Location {
  return reader === 'operator' || (sharesContactDetails && reader !== 'outsider') ? location : { type: location.type };
}

/** Answers to questions; those of type phone are left out while sharing is off, but not for the invitee who gave them. */
export function seeAnswers(
  answers: Readonly<Record<string, string>>,
  questions: readonly Question[],
  reader: Reader,
  sharesContactDetails: boolean,
): Record<string, string> {
  if (reader === 'guest' || reader === 'outsider') return {};
  if (reader === 'operator' || reader === 'invitee' || sharesContactDetails) return { ...answers };
  const phones = new Set(questions.filter((question) => question.type === 'phone').map((question) => question.key));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !phones.has(key)));
}
