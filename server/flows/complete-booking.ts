import { lockBooking, updateBooking } from '../adapters/db/bookings.ts';
import type { Deps } from './deps.ts';
import { recordTransition, TIME } from './record-transition.ts';

/** Says of a confirmed meeting whose end has passed that it took place. Moved, cancelled or completed since: does nothing. */
export async function completeBooking(deps: Deps, tenantId: string, bookingId: string): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const nowMs = deps.clock.nowMs();
    const record = await lockBooking(trx, tenantId, bookingId);
    if (record?.status !== 'confirmed' || record.end_at.getTime() > nowMs) return;
    await updateBooking(trx, tenantId, bookingId, {
      status: 'completed',
      pending_start_at: null,
      pending_end_at: null,
      request_expires_at: null,
      updated_at: new Date(nowMs),
    });
    await recordTransition(deps, trx, {
      tenantId,
      bookingId,
      action: 'completed',
      actor: TIME,
      before: { status: 'confirmed' },
      after: { status: 'completed' },
    });
  });
}
