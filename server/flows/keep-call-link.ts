import type { CalendarCall } from '../../shared/contract/common.ts';
import { lockBooking, updateBooking } from '../adapters/db/bookings.ts';
import { sendWaitingNow } from '../adapters/db/outgoing-messages.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Deps } from './deps.ts';
import type { Meeting } from './meeting.ts';
import { recordTransition, TIME } from './record-transition.ts';

/**
 * Keeps the link that a host's calendar has made for a meeting. What waited for it (`LINK_WAIT_MS`) is sent now and carries it; when everybody has been
 * told without it, they are told again. A link that is there already stays: people have it.
 */
export async function keepCallLink(
  deps: Deps,
  { record: { tenant_id: tenantId, booking_id: bookingId } }: Meeting,
  call: CalendarCall,
  url: string,
): Promise<void> {
  await retryOnDeadlock(() =>
    deps.db.transaction().execute(async (trx) => {
      const record = await lockBooking(trx, tenantId, bookingId);
      if (record?.location.type !== call || record.location.url !== undefined) return;
      const at = new Date(deps.clock.nowMs());
      const isTold = (await sendWaitingNow(trx, tenantId, bookingId, at)) === 0;
      // A message that waits was planned for this sequence.
      const sequence = isTold ? record.sequence + 1 : record.sequence;
      await updateBooking(trx, tenantId, bookingId, { location: { type: call, url }, sequence, updated_at: at });
      await recordTransition(deps, trx, {
        tenantId,
        bookingId,
        action: isTold ? 'locationChanged' : 'linkMade',
        actor: TIME,
        before: { location: call },
        after: { location: call },
      });
    }),
  );
}
