import { findBooking, listBookingTokens } from '../adapters/db/bookings.ts';
import { writeCalendarFile } from '../adapters/ical/write-calendar-file.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { Reader } from '../domain/policy/see-booking.ts';
import { readToken } from './booking-tokens.ts';
import { findVisibleBooking } from './bookings.ts';
import type { TenantCaller, TenantFacts } from './caller.ts';
import type { Deps } from './deps.ts';
import { calendarEntryOf } from './calendar-entry.ts';
import { readerOf } from './present-booking.ts';

/** The booking as an `.ics` file, for a file token or any credential that may read the booking; masked as for its party. */
export async function readCalendarFile(
  deps: Deps,
  caller: TenantCaller | null,
  bookingId: string,
  fileToken: string | null,
): Promise<Outcome<string>> {
  if (fileToken !== null) {
    const holder = await readToken(deps, 'file', fileToken);
    if (!holder.ok) return holder;
    const { tenant, party, bookingId: itsBooking } = holder.value;
    return itsBooking === bookingId ? succeed(await write(deps, tenant, party, bookingId)) : refuse('not_found');
  }
  if (caller === null) return refuse('unauthenticated');
  if ((await findVisibleBooking(deps.db, caller, bookingId)) === undefined) return refuse('not_found');
  return succeed(await write(deps, caller.tenant, readerOf(caller), bookingId));
}

async function write(deps: Deps, tenant: TenantFacts, reader: Reader, bookingId: string): Promise<string> {
  const record = await findBooking(deps.db, tenant.id, bookingId);
  if (record === undefined) throw new Error('readCalendarFile: the booking is gone');
  return writeCalendarFile(calendarEntryOf(deps, tenant, reader, record, await listBookingTokens(deps.db, tenant.id, [bookingId])));
}
