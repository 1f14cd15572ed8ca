import { createAnswerCache } from './adapters/answer-cache.ts';
import { systemClock } from './adapters/clock.ts';
import { createVault } from './adapters/crypto.ts';
import type { Db } from './adapters/db/schema.ts';
import { randomIds } from './adapters/ids.ts';
import { type Queue, sweepOnly } from './adapters/queue/queue.ts';
import type { Deps } from './flows/deps.ts';

export interface WiringFacts {
  readonly publicUrl: string;
  readonly mailFrom: string;
  readonly secretKeys: readonly Uint8Array[];
}

/** Which adapter is plugged in where. */
export function wire(db: Db, facts: WiringFacts, queue: Queue = sweepOnly): Deps {
  return {
    db,
    clock: systemClock,
    ids: randomIds,
    vault: createVault(facts.secretKeys),
    cache: createAnswerCache(),
    queue,
    publicUrl: facts.publicUrl.replace(/\/+$/, ''),
    mailFrom: facts.mailFrom,
    remember: async () => {},
  };
}
