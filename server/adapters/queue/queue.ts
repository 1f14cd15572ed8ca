import type { Trx } from '../db/schema.ts';
import type { Statement } from '../db/statement.ts';

/** The kinds of work that wait for their time, one queue each. */
export const JOB_NAMES = ['expire-hold', 'expire-request', 'expire-proposal', 'complete-booking'] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** A job names what it is about and nothing more; when it runs it reads everything again. */
export interface JobData {
  readonly tenantId: string;
  readonly id: string;
}

/** Work for later, written in the transaction of the change that makes it necessary: both are kept, or neither. */
export interface Queue {
  enqueue(trx: Trx, name: JobName, data: JobData, startAfter: Date): Promise<void>;
  /** The same as statements, to be run together with those of the change. */
  jobStatements(name: JobName, data: JobData, startAfter: Date): Promise<Statement<void>[]>;
}

/** Keeps no jobs; the sweep alone finds what is due. For processes without a queue and for tests that move the clock themselves. */
export const sweepOnly: Queue = { enqueue: async () => {}, jobStatements: async () => [] };
