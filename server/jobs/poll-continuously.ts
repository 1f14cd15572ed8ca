import type { Deps } from '../flows/deps.ts';
import { pollCalendars } from '../flows/poll-calendars.ts';
import { watchCalendars } from '../flows/watch-calendars.ts';
import { pause } from './pause.ts';

const IDLE_MS = 3000;
/** Taken in one go; more are taken at once afterwards. */
const ROUND = 200;
const CHANNELS_A_ROUND = 20;

/** Reads calendars and keeps their channels as long as the process works. Answers a function that begins nothing more and waits for what runs. */
export function pollContinuously(deps: Deps, say: (line: string) => void): () => Promise<void> {
  const ending = new AbortController();
  const tell = (error: unknown) => say(`calendars: ${(error as Error).message}`);
  const work = async () => {
    while (!ending.signal.aborted) {
      const taken = await round(deps, tell).catch((error: unknown) => {
        tell(error);
        return 0;
      });
      if (taken < ROUND) await pause(IDLE_MS, ending.signal);
    }
  };
  const working = work();
  return async () => {
    ending.abort();
    await working;
  };
}

async function round(deps: Deps, tell: (error: unknown) => void): Promise<number> {
  const taken = await pollCalendars(deps, ROUND, tell);
  await watchCalendars(deps, CHANNELS_A_ROUND);
  return taken;
}
