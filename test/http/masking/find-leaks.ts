/** What tells one side how to reach the other; digits as people would still read them. */
export const SECRETS = {
  host: ['hosanna.private@hosthome.example', 'hosanna.private', '+14155550171', '4155550171', 'hosanna_gram'],
  invitee: ['ingrid.private@guesthome.example', 'ingrid.private', '+14155550182', '4155550182', 'ingrid_gram'],
  guest: ['gunther.private@elsewhere.example', 'gunther.private'],
} as const;
export const HOST = { name: 'Hosanna', email: SECRETS.host[0], phone: SECRETS.host[2] };
export const INVITEE = { name: 'Ingrid', email: SECRETS.invitee[0], phone: SECRETS.invitee[2] };
export const GUESTS = [{ name: 'Gunther', email: SECRETS.guest[0] }];
/** Answers that say how to reach the invitee, and answers that do not. */
export const TELLING_ANSWERS = { reach: '+1 415 555 0182', goal: 'a logo' };
export const PLAIN_ANSWERS = { goal: 'a logo' };

export type Reader = 'invitee' | 'host' | 'guest' | 'nobody' | 'operator';

/** Something that left Parley, and who reads it. `nobody` is whoever comes across it: a masked webhook, a log, a page without a token. */
export interface Artefact {
  readonly what: string;
  readonly reader: Reader;
  readonly text: string;
}

/** Whose details a reader may not come across. The invitee brought the guests along and knows them. */
const FORBIDDEN: Readonly<Record<Reader, readonly (keyof typeof SECRETS)[]>> = {
  invitee: ['host'],
  host: ['invitee', 'guest'],
  guest: ['host', 'invitee'],
  nobody: ['host', 'invitee', 'guest'],
  operator: [],
};

/** Every detail an artefact tells its reader and should not. Numbers are looked for without the signs people put between digits, too. */
export function findLeaks(artefacts: readonly Artefact[]): string[] {
  const leaks = artefacts.flatMap(({ what, reader, text }) => {
    const bare = text.toLowerCase();
    const joined = bare.replaceAll(/(?<=\d)[ ().-]{1,3}(?=\d)/g, '');
    return FORBIDDEN[reader].flatMap((owner) => {
      const told = SECRETS[owner].filter((secret) => bare.includes(secret) || joined.includes(secret));
      return told.map((secret) => `${what}, read by ${reader}: ${secret}`);
    });
  });
  return [...new Set(leaks)];
}
