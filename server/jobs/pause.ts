import { setTimeout as wait } from 'node:timers/promises';

/** Waits this long, or until the signal ends the waiting. Never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}
