import { CALENDAR_CALLS, type LocationType } from '../../../shared/contract/common.ts';
import type { BookedLocation, Question } from '../../../shared/contract/event-type.ts';
import type { StagePolicy } from '../../../shared/contract/tenant.ts';
import { openLocations } from './open-locations.ts';

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
  { sharesContactDetails, blank }: { readonly sharesContactDetails: boolean; readonly blank: (text: string) => string },
): SeenContact {
  const knows = reader === 'invitee' && owner === 'guest';
  const name = seeName(contact.name ?? '', knows ? reader : owner, reader, blank);
  const { externalId, email, phone } = contact;
  if (reader === 'operator') return { name, externalId, email, phone };
  if (reader === owner && owner !== 'guest') return { name, externalId, email, phone };
  if (knows) return { name, email };
  if (!sharesContactDetails || reader === 'outsider') return { name };
  if (reader === 'guest') return { name };
  return { name, email, phone };
}

/** A name or title, which a meeting cannot do without: what in it would be refused if written now is blanked, the rest stays. */
export function seeName(text: string, writer: 'invitee' | 'host' | 'guest', reader: Reader, blank: (text: string) => string): string {
  return reader === 'operator' || (reader === writer && writer !== 'guest') ? text : blank(text);
}

/** Where to meet; a link, number or address is a contact detail, so only its kind is told unless it is open to the other side (`isPlaceOpen`). */
export function seeLocation(location: BookedLocation, reader: Reader, isOpen: boolean): BookedLocation {
  return reader === 'operator' || (isOpen && reader !== 'outsider') ? location : { type: location.type };
}

/**
 * Whether both sides may read where they meet: always while contacts are shared; before that only a link, where the stage itself, or its fallback
 * after call trouble, allows that kind: otherwise they could not meet there.
 */
export function isPlaceOpen(location: BookedLocation, policy: StagePolicy, hasCallTrouble: boolean): boolean {
  if (policy.shareContactDetails) return true;
  return LINKS.includes(location.type) && openLocations([], policy, hasCallTrouble).allowed.includes(location.type);
}

const LINKS: readonly LocationType[] = ['link', ...CALENDAR_CALLS];

/** A text one side wrote, as the reader may see it: guests and outsiders do not, the other side not while it would be refused if written now. */
export function seeText(
  text: string | null,
  writer: 'invitee' | 'host' | 'either',
  reader: Reader,
  isWithheld: (text: string) => boolean,
): string | null {
  if (text === null || reader === 'operator' || reader === writer) return text;
  if (reader === 'guest' || reader === 'outsider') return null;
  return isWithheld(text) ? null : text;
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
