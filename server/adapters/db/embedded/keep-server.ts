import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type HeldServer, holdServer } from './hold-server.ts';
import { stopPostmaster } from './postmaster.ts';
import type { ServerPlace } from './server-place.ts';

const AGAIN_MS = 1000;

/**
 * Watches over a held server: when it is killed (for want of memory, say) it is started again at the same address and held again, so that
 * pools find it without a restart of ours. Answers how to stop it.
 */
export function keepServer(place: ServerPlace, held: HeldServer, log: (line: string) => void): () => Promise<void> {
  let owner: HeldServer['owner'] | null = held.owner;
  let mending = Promise.resolve();
  const stopping = new AbortController();
  watch(held.owner);

  function watch(session: HeldServer['owner']): void {
    session.once('end', () => {
      if (stopping.signal.aborted) return;
      owner = null;
      mending = mend();
    });
  }

  async function mend(): Promise<void> {
    log('the database server went away; starting it again');
    while (!stopping.signal.aborted) {
      try {
        owner = (await holdServer(place)).owner;
        watch(owner);
        log('the database server is back');
        return;
      } catch (error) {
        log(`the database server does not come back: ${(error as Error).message}`);
        await wait(AGAIN_MS);
      }
    }
  }

  return async () => {
    stopping.abort();
    await mending;
    // Not ours any more: somebody else took it over while it was down.
    if (owner === null) return;
    // The lock is held until the server has gone, so nobody takes it over while it stops.
    if (place.socketDir !== null) await rm(place.socketDir, { recursive: true, force: true });
    await stopPostmaster(place.cluster);
    await owner.end().catch(() => {});
  };
}
