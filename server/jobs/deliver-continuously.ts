import type { Deps } from '../flows/deps.ts';
import { createPostman } from '../flows/postman.ts';
import { pause } from './pause.ts';

/** How often the tables are looked at when nothing is to be done. */
const IDLE_MS = 1000;

/**
 * Sends what is due as long as the process works, round by round: at once while there is more, after a moment when there is none. Answers a function
 * that takes nothing more and waits for what runs.
 */
export function deliverContinuously(deps: Deps, say: (line: string) => void): () => Promise<void> {
  const tell = (error: unknown) => say(`sending: ${(error as Error).message}`);
  const postman = createPostman(deps, tell);
  const ending = new AbortController();
  const work = async () => {
    while (!ending.signal.aborted) {
      const taken = await postman.round().catch((error: unknown) => {
        tell(error);
        return 0;
      });
      await (taken > 0 ? Promise.race([postman.oneDone(), pause(IDLE_MS, ending.signal)]) : pause(IDLE_MS, ending.signal));
    }
  };
  const working = work();
  return async () => {
    ending.abort();
    await working;
    await postman.allDone();
  };
}
