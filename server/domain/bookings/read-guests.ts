import type { GuestInput } from '../../../shared/contract/booking.ts';
import { type Outcome, refuse, succeed } from '../outcome.ts';

export interface ReadGuest {
  readonly name: string | null;
  readonly email: string;
}

/** Guests without repeats (addresses are compared without case), within the event type's limit. */
export function readGuests(given: readonly GuestInput[], limit: number): Outcome<ReadGuest[]> {
  const byAddress = new Map<string, ReadGuest>();
  for (const { name, email } of given) byAddress.set(email.toLowerCase(), { name: name?.trim() ?? null, email });
  if (byAddress.size > limit) return refuse('guest_limit', { detail: `At most ${limit} guests may be added.` });
  return succeed([...byAddress.values()]);
}
