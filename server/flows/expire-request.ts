import { bookingHostIds, lockBooking, updateBooking } from '../adapters/db/bookings.ts';
import { freeClaims } from '../adapters/db/claims.ts';
import { lockHosts } from '../adapters/db/hosts.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Deps } from './deps.ts';
import { dropPendingMove } from './move-booking.ts';
import { recordTransition, TIME } from './record-transition.ts';

/**
 * Ends a request, or drops a new time that was asked for, once its deadline has passed. Decided since, or not yet due: does nothing. Its time
 * was free from the very deadline, with or without this.
 */
export async function expireRequest(deps: Deps, tenantId: string, bookingId: string): Promise<void> {
  const { db, clock } = deps;
  await retryOnDeadlock(() =>
    db.transaction().execute(async (trx) => {
      const nowMs = clock.nowMs();
      await lockHosts(trx, tenantId, await bookingHostIds(trx, tenantId, bookingId), nowMs);
      const record = await lockBooking(trx, tenantId, bookingId);
      if (record?.request_expires_at == null || record.request_expires_at.getTime() > nowMs) return;
      if (record.status === 'confirmed' && record.pending_start_at !== null) {
        await dropPendingMove(deps, trx, record, { action: 'rescheduleExpired', actor: TIME, reason: null });
      } else if (record.status === 'requested') {
        await freeClaims(trx, tenantId, bookingId);
        await updateBooking(trx, tenantId, bookingId, {
          status: 'expired',
          request_expires_at: null,
          sequence: record.sequence + 1,
          updated_at: new Date(nowMs),
        });
        await recordTransition(deps, trx, {
          tenantId,
          bookingId,
          action: 'expired',
          actor: TIME,
          before: { status: 'requested' },
          after: { status: 'expired' },
        });
      }
    }),
  );
}
