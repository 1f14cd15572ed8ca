import type { Selectable } from 'kysely';
import type { Booking } from '../../shared/contract/booking.ts';
import { listBookingTokens } from '../adapters/db/bookings.ts';
import type { TenantTable } from '../adapters/db/schema.ts';
import { writesToCalendar } from '../adapters/db/written-events.ts';
import { writeCalendarFile } from '../adapters/ical/write-calendar-file.ts';
import type { MailMessage } from '../adapters/mail/mailer.ts';
import { pendingMove } from '../domain/bookings/request-deadline.ts';
import type { BookingMessage, BookingMessageKind, Brand, Span } from '../domain/messages/message-data.ts';
import { renderMessage } from '../domain/messages/render-message.ts';
import { contactLines } from '../domain/policy/contact-lines.ts';
import { uidOf } from './calendar-entry.ts';
import { isCalendarCall } from './calendar-calls.ts';
import type { Deps } from './deps.ts';
import type { Meeting, Recipient } from './meeting.ts';
import { describeLocation, presentBooking, stageOfBooking } from './present-booking.ts';
import { blankDetails, isWithheld, type TextPlace } from './withheld-text.ts';

/** What a message says beside the booking itself. */
export interface MessageFacts {
  readonly otherTime: Span | null;
}

const INVITES: readonly BookingMessageKind[] = ['confirmed', 'rescheduled', 'locationChanged', 'guestAdded'];
const UNINVITES: readonly BookingMessageKind[] = ['cancelled', 'guestRemoved'];
/** Kinds to which the reason last given belongs; others would repeat an old one. */
const GIVES_REASON: readonly BookingMessageKind[] = ['rescheduled', 'moveRequested', 'declined', 'moveDeclined', 'cancelled'];
const ALARM_MINUTES = 15;

/** A mail about a booking to one person who takes part, with everything masked that this person may not read, and the invitation where one is due. */
export async function composeMail(
  deps: Deps,
  meeting: Meeting,
  to: Recipient & { readonly email: string },
  { id, kind, facts }: { readonly id: string; readonly kind: BookingMessageKind; readonly facts: MessageFacts },
): Promise<MailMessage> {
  const message = await bookingMessage(deps, meeting, to, kind, facts);
  const { subject, text, html } = renderMessage(kind, message, to.locale);
  const invitation = (await hasItInCalendar(deps, to, meeting)) ? null : invitationOf(deps, meeting, to, { kind, message });
  return {
    id,
    to: { name: to.name, address: to.email },
    ...senderOf(meeting.tenant),
    subject,
    text,
    html,
    invitation,
    unsubscribeUrl: null,
  };
}

/** From and Reply-To are the platform's own, never the other side's. */
export function senderOf({ settings }: Pick<Selectable<TenantTable>, 'settings'>): Pick<MailMessage, 'fromName' | 'replyTo'> {
  const fromName = settings.mail.fromName ?? brandOf(settings).name;
  const { replyTo } = settings.mail;
  return { fromName, replyTo: replyTo == null ? null : { name: fromName, address: replyTo } };
}

export function brandOf({ name, brand }: Selectable<TenantTable>['settings']): Brand {
  return { name: brand.name ?? name, color: brand.color ?? null, logoUrl: brand.logoUrl ?? null };
}

/** Where the meeting's people talk; null for one outside any room. */
export function roomUrlOf({ record, tenant }: Pick<Meeting, 'record' | 'tenant'>): string | null {
  if (record.room_id === null) return null;
  return record.room_url ?? tenant.settings.roomUrl?.replaceAll('{roomId}', encodeURIComponent(record.room_id)) ?? null;
}

async function bookingMessage(
  deps: Deps,
  meeting: Meeting,
  to: Recipient,
  kind: BookingMessageKind,
  { otherTime }: MessageFacts,
): Promise<BookingMessage> {
  const { record, tenant, eventType } = meeting;
  const nowMs = deps.clock.nowMs();
  const tokens = to.party === 'guest' ? [] : await listBookingTokens(deps.db, tenant.tenant_id, [record.booking_id]);
  const mine = tokens.filter((token) => token.party === to.party && token.host_id === to.hostId);
  // The one place that knows who may read what; what it leaves out is not in the mail either.
  const seen = presentBooking(deps, { id: tenant.tenant_id, settings: tenant.settings }, to.party, record, mine);
  const clean = cleanerOf(deps, meeting);
  const room = to.party === 'guest' ? null : roomUrlOf(meeting);
  const lines = [eventType.settings.message, record.host_message].map((line) => clean('message', line)).filter((line) => line !== null);
  const canBookAgain = to.party === 'invitee' && eventType.slug !== null && !tenant.settings.requireRoomToken;
  return {
    brand: brandOf(tenant.settings),
    recipient: { party: to.party, timeZone: to.timeZone },
    nowMs,
    title: seen.title,
    startMs: record.start_at.getTime(),
    endMs: record.end_at.getTime(),
    hostNames: seen.hosts.map(({ name }) => name).filter((name) => name !== ''),
    inviteeName: seen.invitee.name,
    contacts: contactLines(to.party, seen),
    guestNames: seen.guests.flatMap(({ name }) => (name === null || name === '' ? [] : [name])),
    place: {
      type: isCalendarCall(seen.location.type) ? 'link' : seen.location.type,
      detail: describeLocation(seen.location, room) || null,
    },
    note: seen.note,
    answers: record.questions.flatMap(({ key, label }) => {
      const answer = seen.answers[key];
      return answer === undefined ? [] : [{ label: blankDetails(deps, placeOf(meeting), 'questions', label), answer }];
    }),
    hostLine: lines.length === 0 ? null : lines.join('\n\n'),
    reason: GIVES_REASON.includes(kind) ? seen.reason : null,
    cancelledBy: cancellerOf(meeting.record, seen),
    otherTime: otherTime ?? pendingMove(record, nowMs),
    expiresMs: record.request_expires_at?.getTime() ?? null,
    links: {
      manage: seen.links.manage ?? null,
      room,
      bookAgain: canBookAgain ? `${deps.publicUrl}/b/${tenant.tenant_id}/${eventType.host_id}/${eventType.slug}` : null,
      calendarFile: seen.links.ics ?? null,
    },
  };
}

/** What a host set once is screened again when it is sent: the stage may have changed since. Answers null for what may not be told. */
export function cleanerOf(deps: Pick<Deps, 'publicUrl'>, meeting: Meeting): (field: string, text: string | null) => string | null {
  return (field, text) => (text === null || isWithheld(deps, placeOf(meeting), field, text) ? null : text);
}

function placeOf({ record, tenant }: Meeting): TextPlace {
  return { settings: tenant.settings, stage: stageOfBooking(record), roomUrl: record.room_url };
}

function cancellerOf({ cancelled_by }: Meeting['record'], seen: Booking): string | null {
  if (cancelled_by === 'host') return seen.hosts.map((host) => host.name).join(', ') || null;
  return cancelled_by === 'invitee' ? seen.invitee.name : null;
}

/** Somebody whose calendar we write to would have the meeting there twice. */
async function hasItInCalendar({ db }: Deps, { hostId }: Recipient, { tenant }: Meeting): Promise<boolean> {
  return hostId !== null && (await writesToCalendar(db, tenant.tenant_id, hostId));
}

/** The organizer is the platform's relay address and the only attendee the recipient (RFC 5546), so no file carries anybody else's address. */
function invitationOf(
  deps: Deps,
  { record, tenant }: Meeting,
  to: Recipient & { readonly email: string },
  { kind, message }: { readonly kind: BookingMessageKind; readonly message: BookingMessage },
): MailMessage['invitation'] {
  const isCancel = UNINVITES.includes(kind);
  if (!isCancel && (!INVITES.includes(kind) || record.status !== 'confirmed')) return null;
  const method = isCancel ? 'CANCEL' : 'REQUEST';
  const others = { host: [message.inviteeName], invitee: message.hostNames, guest: [...message.hostNames, message.inviteeName] }[to.party];
  const summary = [message.title, others.filter((name) => name !== '').join(', ')].filter((part) => part !== '').join(': ');
  const link = message.links.manage ?? message.links.room;
  return {
    method,
    file: writeCalendarFile({
      uid: uidOf(record.booking_id),
      sequence: record.sequence,
      method,
      startMs: message.startMs,
      endMs: message.endMs,
      stampMs: deps.clock.nowMs(),
      summary,
      description: [message.hostLine, message.contacts.join('\n'), link].filter((part) => part !== null && part !== '').join('\n\n'),
      location: message.place.detail ?? '',
      url: link,
      organizer: { name: brandOf(tenant.settings).name, email: deps.mailFrom },
      attendee: { name: to.name, email: to.email },
      status: isCancel ? 'CANCELLED' : 'CONFIRMED',
      alarmsMinutesBefore: isCancel ? [] : [ALARM_MINUTES],
      productName: brandOf(tenant.settings).name,
    }),
  };
}
