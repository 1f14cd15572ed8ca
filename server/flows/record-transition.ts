import type { EventName } from '../adapters/db/events.ts';
import { dropReminders } from '../adapters/db/outgoing-messages.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { runStatement, type Statement } from '../adapters/db/statement.ts';
import { transitionStatement } from '../adapters/db/transition-statement.ts';
import { type Announcement, idsOf, planAnnouncement } from './announce.ts';
import { callWithoutLink } from './calendar-calls.ts';
import type { Deps } from './deps.ts';
import { type ChangedMeeting, readMeeting } from './meeting.ts';

/** Everything that can happen to a booking. */
export type BookingAction =
  | 'requested'
  | 'confirmed'
  | 'declined'
  | 'expired'
  | 'rescheduled'
  | 'rescheduleRequested'
  | 'rescheduleDeclined'
  | 'rescheduleExpired'
  | 'cancelled'
  | 'completed'
  | 'noShow'
  | 'guestsChanged'
  | 'locationChanged'
  | 'linkMade'
  | 'hostNoteChanged';

export interface Transition {
  readonly tenantId: string;
  readonly bookingId: string;
  readonly action: BookingAction;
  readonly actor: { readonly kind: string; readonly personId: string | null };
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** Nobody's doing: time passed. */
export const TIME = { kind: 'time', personId: null } as const;

/** The event that tells others; another place for the same time, and the link to it, is told as `rescheduled` with `change: "location"`, a new time that is asked for, declined or run out as what it is, with `change: "reschedule"`. */
const EVENTS: Readonly<Record<BookingAction, EventName | null>> = {
  requested: 'booking.requested',
  confirmed: 'booking.confirmed',
  declined: 'booking.declined',
  expired: 'booking.expired',
  rescheduled: 'booking.rescheduled',
  rescheduleRequested: 'booking.requested',
  rescheduleDeclined: 'booking.declined',
  rescheduleExpired: 'booking.expired',
  cancelled: 'booking.cancelled',
  completed: 'booking.completed',
  noShow: 'booking.noShow',
  guestsChanged: 'booking.guestsChanged',
  locationChanged: 'booking.rescheduled',
  linkMade: 'booking.rescheduled',
  hostNoteChanged: null,
};
const ABOUT_A_MOVE: readonly BookingAction[] = ['rescheduleRequested', 'rescheduleDeclined', 'rescheduleExpired'];

/** Changes after which no reminder is left that was planned before, and those nobody is told of. */
const ENDS: readonly BookingAction[] = ['rescheduled', 'locationChanged', 'cancelled', 'declined', 'expired'];
const SILENT: readonly BookingAction[] = ['completed', 'noShow', 'hostNoteChanged'];

/** Writes one line of a booking's history, the event of it, and what is to be sent because of it. `before` and `after` hold times, states and ids, nothing personal. */
export async function recordTransition(deps: Deps, trx: Trx, transition: Transition): Promise<void> {
  const { tenantId, bookingId, action, after } = transition;
  const at = new Date(deps.clock.nowMs());
  if (ENDS.includes(action)) await dropReminders(trx, tenantId, bookingId, { why: action, at });
  const removed = idsOf(after?.['removed']);
  if (removed.length > 0) await dropReminders(trx, tenantId, bookingId, { why: 'left', at, personIds: removed });
  const meeting = SILENT.includes(action) ? null : await readMeeting(trx, tenantId, bookingId);
  if (meeting === undefined) throw new Error('recordTransition: the booking that changed is not there');
  await runStatement(trx, await writeTransition(deps, trx, transition, meeting));
}

/** The same for a meeting at hand, as it is after the change, with no reminder to drop: what is to be written. Null: nobody is told. */
export async function writeTransition(
  deps: Deps,
  trx: Trx,
  { tenantId, bookingId, action, actor, before, after }: Transition,
  meeting: ChangedMeeting | null,
): Promise<Statement<void>> {
  const at = new Date(deps.clock.nowMs());
  const line = { tenant_id: tenantId, booking_id: bookingId, action, actor, before, after };
  const type = EVENTS[action];
  const change = action === 'locationChanged' || action === 'linkMade' ? 'location' : ABOUT_A_MOVE.includes(action) ? 'reschedule' : null;
  const data = { bookingId, by: actor.kind, before, after, ...(change !== null && { change }) };
  const event = type === null ? null : { event_id: deps.ids.next('ev'), type, data };
  const { messages, reminders } = meeting === null ? NOTHING : await planAnnouncement(deps, trx, meeting, { action, before, after });
  const messagesAt = meeting !== null && callWithoutLink(meeting.record) !== null ? new Date(at.getTime() + LINK_WAIT_MS) : at;
  return transitionStatement({ at, line, event, messages, messagesAt, reminders, showsInCalendars: !SILENT.includes(action) });
}

/** Messages wait this long for the link of a call, which a calendar makes within seconds: then they carry it. */
const LINK_WAIT_MS = 30_000;

const NOTHING: Announcement = { messages: [], reminders: [] };
