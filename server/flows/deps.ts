import type { AnswerCache } from '../adapters/answer-cache.ts';
import type { Clock } from '../adapters/clock.ts';
import type { Vault } from '../adapters/crypto.ts';
import type { Db, Trx } from '../adapters/db/schema.ts';
import type { Ids } from '../adapters/ids.ts';
import type { Queue } from '../adapters/queue/queue.ts';

/** Keeps the answer of a creating request for its retries, in the transaction of the change. */
export type Remember = (trx: Trx, status: number, answer: unknown) => Promise<void>;

/** The outside world, passed to every flow. */
export interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly cache: AnswerCache;
  readonly queue: Queue;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** The platform's own address: From of mails and ORGANIZER of files. */
  readonly mailFrom: string;
  readonly remember: Remember;
}
