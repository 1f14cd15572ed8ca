import { isDatabaseAway } from './is-database-away.ts';

/** A database that starts again is back in seconds; whoever waits longer is helped by the lease of the row. */
const WAITS_MS: readonly number[] = [0, 50, 200, 1000, 3000];

/** Runs again what lost its connection. Only for what may run twice. The last failure is thrown. */
export async function retryWhenAway<T>(attempt: () => Promise<T>): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return attempt();
}
