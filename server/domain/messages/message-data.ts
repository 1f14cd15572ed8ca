/** Kinds about one booking; all of them take `BookingMessage`. */
export const BOOKING_MESSAGE_KINDS = [
  'requested',
  'moveRequested',
  'moveDeclined',
  'confirmed',
  'declined',
  'expired',
  'rescheduled',
  'locationChanged',
  'cancelled',
  'reminder',
  'guestAdded',
  'guestRemoved',
] as const;
export type BookingMessageKind = (typeof BOOKING_MESSAGE_KINDS)[number];

export const MESSAGE_KINDS = [...BOOKING_MESSAGE_KINDS, 'proposal', 'firstContact', 'calendarDisconnected', 'verificationCode'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export type Party = 'host' | 'invitee' | 'guest';

export interface Brand {
  readonly name: string;
  /** `#rgb` or `#rrggbb`; `null` gives the neutral colour. */
  readonly color: string | null;
  /** Shown only when it is an https address. */
  readonly logoUrl: string | null;
}

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Where a meeting takes place, as this recipient may know it. `detail` is the address of the room or call, a phone number or a street;
 * while contact sharing is off the caller passes `null` for whatever belongs to the other side.
 */
export interface Place {
  readonly type: 'room' | 'link' | 'phone' | 'inPerson';
  readonly detail: string | null;
}

export interface QuestionAnswer {
  readonly label: string;
  readonly answer: string;
}

/**
 * A message about a booking, for one recipient. Everything in it may be shown to that recipient: masking and screening happen before.
 * Free texts are plain text; `null` and empty ones leave their row out.
 */
export interface BookingMessage extends Span {
  readonly brand: Brand;
  readonly recipient: { readonly party: Party; readonly timeZone: string };
  readonly nowMs: number;
  readonly title: string;
  readonly hostNames: readonly string[];
  readonly inviteeName: string;
  readonly guestNames: readonly string[];
  /** How to reach the people this recipient meets, a line each; empty while contact sharing is off. */
  readonly contacts: readonly string[];
  readonly place: Place;
  readonly note: string | null;
  readonly answers: readonly QuestionAnswer[];
  /** The host's own line, and the text a host adds when confirming. */
  readonly hostLine: string | null;
  readonly reason: string | null;
  readonly cancelledBy: string | null;
  /** `rescheduled`: the time left behind. `moveRequested` and `moveDeclined`: the time asked for. */
  readonly otherTime: Span | null;
  /** `requested`: when the request expires. */
  readonly expiresMs: number | null;
  readonly links: {
    /** Guests get none. */
    readonly manage: string | null;
    readonly room: string | null;
    readonly bookAgain: string | null;
    readonly calendarFile: string | null;
  };
}

export interface ProposalMessage {
  readonly brand: Brand;
  readonly timeZone: string;
  readonly title: string;
  readonly offeredBy: string;
  readonly times: readonly Span[];
  readonly expiresMs: number;
  readonly links: { readonly pick: string | null };
}

export interface FirstContactMessage {
  readonly brand: Brand;
  /** The notice in the small Markdown subset of notices, in the recipient's language. */
  readonly noticeText: string;
  readonly links: { readonly room: string | null };
}

export interface CalendarDisconnectedMessage {
  readonly brand: Brand;
  readonly calendarName: string;
  readonly links: { readonly settings: string | null };
}

export interface VerificationCodeMessage {
  readonly brand: Brand;
  readonly code: string;
  readonly validMinutes: number;
}

/** Which data each kind of message is made of. */
export type MessageData = { readonly [Kind in BookingMessageKind]: BookingMessage } & {
  readonly proposal: ProposalMessage;
  readonly firstContact: FirstContactMessage;
  readonly calendarDisconnected: CalendarDisconnectedMessage;
  readonly verificationCode: VerificationCodeMessage;
};
