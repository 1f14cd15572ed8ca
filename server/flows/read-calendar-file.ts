import { findBooking, listBookingTokens } from '../adapters/db/bookings.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import { writeCalendarFile } from '../adapters/ical/write-calendar-file.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { Reader } from '../domain/policy/see-booking.ts';
import { findTokenRow, TOKEN_DAYS_AFTER_END } from './booking-tokens.ts';
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
    const opened = await openFileToken(deps, bookingId, fileToken);
    return opened.ok ? succeed(await write(deps, opened.value.tenant, opened.value.reader, bookingId)) : opened;
  }
  if (caller === null) return refuse('unauthenticated');
  if ((await findVisibleBooking(deps.db, caller, bookingId)) === undefined) return refuse('not_found');
  return succeed(await write(deps, caller.tenant, readerOf(caller), bookingId));
}

async function openFileToken(deps: Deps, bookingId: string, token: string): Promise<Outcome<{ tenant: TenantFacts; reader: Reader }>> {
  const row = await findTokenRow(deps, 'file', token);
  const tenant = row && (await findTenant(deps.db, row.tenant_id));
  if (row === undefined || tenant === undefined) return refuse('unauthenticated', { detail: 'The link is not known.' });
  if (row.booking_id !== bookingId) return refuse('not_found');
  if (deps.clock.nowMs() > row.end_at.getTime() + TOKEN_DAYS_AFTER_END * 86_400_000) return refuse('token_expired');
  return succeed({ tenant: { id: tenant.tenant_id, settings: tenant.settings }, reader: row.party });
}

async function write(deps: Deps, tenant: TenantFacts, reader: Reader, bookingId: string): Promise<string> {
  const record = await findBooking(deps.db, tenant.id, bookingId);
  if (record === undefined) throw new Error('readCalendarFile: the booking is gone');
  return writeCalendarFile(calendarEntryOf(deps, tenant, reader, record, await listBookingTokens(deps.db, tenant.id, [bookingId])));
}
