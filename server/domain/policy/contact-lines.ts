import type { Reader, SeenContact } from './see-booking.ts';

/** A meeting's people as one reader sees them: what `seeContact` lets through and nothing else. */
interface SeenPeople {
  readonly hosts: readonly Seen[];
  readonly invitee: Seen;
  readonly guests: readonly Seen[];
}

type Seen = Omit<SeenContact, 'name'> & { readonly name: string | null };

/** How to reach whom this reader meets, a line each for mails and calendar entries. People of whom the reader sees only a name get none. */
export function contactLines(reader: Reader, { hosts, invitee, guests }: SeenPeople): string[] {
  const others = reader === 'host' ? [invitee, ...guests] : reader === 'invitee' ? hosts : [];
  return others.flatMap(({ name, email, phone }) => {
    const ways = [email, phone].filter((way) => way != null && way !== '');
    return ways.length === 0 ? [] : [[name, ...ways].filter((part) => part !== null && part !== '').join(', ')];
  });
}
