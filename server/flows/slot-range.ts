import { MAX_RANGE_DAYS } from '../../shared/contract/slots.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { DAY_MS, LAST_DATE, type LocalDate, parseLocalDate } from '../../shared/time/local-date.ts';
import { zoneTable } from '../../shared/time/zone-table.ts';
import { type Outcome, refuseField, succeed } from '../domain/outcome.ts';

export interface SlotRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads `from` and `to`: instants as they are, a local date as that whole day in the viewer's zone, `to` included. More than
 * `MAX_RANGE_DAYS` days are refused, not cut.
 */
export function readSlotRange(query: { readonly from: string; readonly to: string }, timeZone: string): Outcome<SlotRange> {
  const fromDate = parseLocalDate(query.from);
  const toDate = parseLocalDate(query.to);
  const fromMs = fromDate === null ? parseInstant(query.from) : startOf(fromDate, timeZone);
  const toMs = toDate === null ? parseInstant(query.to) : startOf(Math.min(toDate + 1, LAST_DATE), timeZone);
  if (fromMs === null) return refuseField('from', 'must be an RFC 3339 instant or a date, YYYY-MM-DD');
  if (toMs === null) return refuseField('to', 'must be an RFC 3339 instant or a date, YYYY-MM-DD');
  if (toMs <= fromMs) return refuseField('to', 'must be after from');
  const days = fromDate !== null && toDate !== null ? toDate - fromDate + 1 : (toMs - fromMs) / DAY_MS;
  if (days > MAX_RANGE_DAYS) return refuseField('to', `must be at most ${MAX_RANGE_DAYS} days after from`);
  return succeed({ fromMs, toMs });
}

function startOf(date: LocalDate, timeZone: string): number {
  return zoneTable(timeZone).instantAt(date, 0);
}
