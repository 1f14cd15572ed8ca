import type { Deps } from '../flows/deps.ts';
import { sweep } from '../flows/sweep.ts';

const SWEEP_MS = 15_000;

/** Sweeps at once and then every 15 seconds, one sweep at a time. Several workers may do so: each ending is judged again under lock. Answers a function that ends it. */
export function sweepRegularly(deps: Deps, say: (line: string) => void): () => Promise<void> {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const tell = (error: unknown) => say(`the sweep: ${(error as Error).message}`);
  const round = async () => {
    try {
      await sweep(deps, tell);
    } catch (error) {
      tell(error);
    }
    if (!ended) timer = setTimeout(start, SWEEP_MS).unref();
  };
  const start = () => {
    running = round();
  };
  start();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
