import { type DueKind, findDue } from '../adapters/db/due.ts';
import { deleteEmailCodesBefore } from '../adapters/db/email-codes.ts';
import { deleteHoldsBefore } from '../adapters/db/holds.ts';
import { completeBooking } from './complete-booking.ts';
import type { Deps } from './deps.ts';
import { dropOldLedger } from './drop-old-ledger.ts';
import { expireHold } from './expire-hold.ts';
import { expireProposal } from './expire-proposal.ts';
import { expireRequest } from './expire-request.ts';

type Ending = (deps: Deps, tenantId: string, id: string) => Promise<void>;

/** What ends when its time has come, and what does it; the jobs of the queue run the very same. */
export const ENDINGS: Readonly<Record<DueKind, Ending>> = {
  hold: expireHold,
  request: expireRequest,
  proposal: expireProposal,
  meeting: completeBooking,
};

const AT_ONCE = 200;
const DAY_MS = 86_400_000;

/**
 * Does whatever is overdue by the clock, job or no job, so a job that was lost, a worker that died or a clock that jumped costs nothing but time.
 * Answers how many rows were looked at, and calls `failed` for one that could not be ended; the others go on.
 */
export async function sweep(deps: Deps, failed: (error: unknown) => void = rethrow): Promise<number> {
  let seen = 0;
  for (const kind of Object.keys(ENDINGS) as DueKind[]) {
    let batch: SweptBatch;
    do {
      batch = await sweepBatch(deps, kind, failed);
      seen += batch.seen;
      // A row that cannot be ended would be found again and again; the next sweep tries it anew.
    } while (batch.seen === AT_ONCE && batch.failed === 0);
  }
  const yesterday = new Date(deps.clock.nowMs() - DAY_MS);
  await deleteHoldsBefore(deps.db, yesterday);
  await deleteEmailCodesBefore(deps.db, yesterday);
  await dropOldLedger(deps);
  return seen;
}

interface SweptBatch {
  readonly seen: number;
  readonly failed: number;
}

async function sweepBatch(deps: Deps, kind: DueKind, tell: (error: unknown) => void): Promise<SweptBatch> {
  const due = await findDue(deps.db, kind, new Date(deps.clock.nowMs()), AT_ONCE);
  let failed = 0;
  for (const { tenantId, id } of due) {
    try {
      await ENDINGS[kind](deps, tenantId, id);
    } catch (error) {
      failed += 1;
      tell(error);
    }
  }
  return { seen: due.length, failed };
}

function rethrow(error: unknown): never {
  throw error;
}
