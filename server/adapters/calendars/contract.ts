import type { BusyInterval } from '../../domain/calendars/busy-interval.ts';

export type ProviderName = 'google' | 'microsoft' | 'caldav' | 'ics' | 'simulated';

/** What opens an account. Kept encrypted; handed to a provider for one call at a time. */
export type Credentials =
  | OAuthCredentials
  | { readonly kind: 'password'; readonly url: string; readonly username: string; readonly password: string }
  | { readonly kind: 'feed'; readonly url: string }
  | { readonly kind: 'simulated'; readonly connectionId: string };

export interface OAuthCredentials {
  readonly kind: 'oauth';
  readonly accessToken: string;
  /** `null` when the provider gave none: then the login ends with the access token. */
  readonly refreshToken: string | null;
  readonly expiresAtMs: number;
  /** What was really granted, which may be less than what was asked for. */
  readonly scopes: readonly string[];
}

/**
 * Why a call came to nothing. `detail` is for the host and the operator, in words, and never carries anything of an event.
 * - `authExpired`: refresh the login once and try again; refused again, the host must connect again
 * - `forbidden`: the login is good, but was not granted this
 * - `rateLimited`: not before `retryAfterMs`
 * - `unavailable`: down, slow, or an answer that makes no sense; `retryAfterMs` where the provider named one
 * - `notFound`: the calendar or event is not there (any more)
 * - `conflict`: something with that id is there already
 * - `gone`: the sync token is too old; read everything again, which never means that something was deleted
 * - `preconditionFailed`: somebody changed the event since it was last read
 * - `refused`: will not work however often it is tried (an address inside the network, a feed that is none, too large)
 */
export type CallFailure =
  | { readonly ok: false; readonly reason: 'rateLimited'; readonly retryAfterMs: number; readonly detail: string }
  | { readonly ok: false; readonly reason: 'unavailable'; readonly retryAfterMs: number | null; readonly detail: string }
  | {
      readonly ok: false;
      readonly reason: 'authExpired' | 'forbidden' | 'notFound' | 'conflict' | 'gone' | 'preconditionFailed' | 'refused';
      readonly detail: string;
    };

export type CallOutcome<T> = { readonly ok: true; readonly value: T } | CallFailure;

/** Every call may be given up; each also has a time limit of its own. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface OutsideCalendar {
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
  readonly writable: boolean;
}

export interface BusyQuestion {
  readonly calendarIds: readonly string[];
  /** The one that receives bookings, if any: it is read event by event, so that ours are not counted twice. */
  readonly writeCalendarId: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The zone whole days and floating times are read in. */
  readonly hostZone: string;
  /** Ids that `createEvent` answered with. */
  readonly ownEventIds: ReadonlySet<string>;
  /** What the last reading answered, given only when that reading covered this range; `null` reads in any case. */
  readonly validators: string | null;
}

/** `unreadable` and `unknownZones` count what a calendar file had in it that could not be made sense of. */
export type BusyReading =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'read';
      readonly busy: readonly BusyInterval[];
      readonly validators: string | null;
      readonly unreadable: number;
      readonly unknownZones: number;
    };

/** An event of ours. Whoever fills it decides what the reader of that calendar may see. */
export interface OwnEvent {
  /** Stable for the life of the booking; the event's id is made from it, so a second attempt never makes a second event. */
  readonly uid: string;
  readonly sequence: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly tentative: boolean;
  /** Asks the provider for its own video meeting, where it has one. */
  readonly meetingLink: boolean;
}

export interface WrittenEvent {
  readonly eventId: string;
  readonly etag: string | null;
  readonly meetingUrl: string | null;
}

export interface EventWriting {
  readonly meetingLink: 'googleMeet' | 'teams' | null;
  /** A calendar of our own, which does not block. */
  createCalendar(credentials: Credentials, name: string, call?: CallOptions): Promise<CallOutcome<OutsideCalendar>>;
  /** Where the event is already there, it is brought up to date and answered as if it were new. */
  createEvent(credentials: Credentials, calendarId: string, event: OwnEvent, call?: CallOptions): Promise<CallOutcome<WrittenEvent>>;
  /** With an etag, `preconditionFailed` when the event was changed since; without one it is overwritten. */
  updateEvent(
    credentials: Credentials,
    calendarId: string,
    written: WrittenRef,
    event: OwnEvent,
    call?: CallOptions,
  ): Promise<CallOutcome<WrittenEvent>>;
  /** An event that is not there any more is removed. */
  removeEvent(credentials: Credentials, calendarId: string, eventId: string, call?: CallOptions): Promise<CallOutcome<null>>;
}

export type WrittenRef = Pick<WrittenEvent, 'eventId' | 'etag'>;

/** What happened outside to an event of ours. `deleted` is said only where somebody deleted that event. */
export type OwnChange =
  | { readonly kind: 'present'; readonly eventId: string; readonly startMs: number; readonly endMs: number; readonly etag: string | null }
  | { readonly kind: 'deleted'; readonly eventId: string };

export interface ChangeFeed {
  /** Changes of our events since the token. A null token starts over: what is there is `present`, and nothing is ever `deleted`. */
  readChanges(
    credentials: Credentials,
    question: { readonly calendarId: string; readonly syncToken: string | null; readonly ownEventIds: ReadonlySet<string> },
    call?: CallOptions,
  ): Promise<CallOutcome<{ readonly changes: readonly OwnChange[]; readonly syncToken: string }>>;
}

/** A provider's promise to call us when a calendar changes, until `expiresAtMs`. */
export interface PushChannel {
  readonly channelId: string;
  readonly resourceId: string;
  readonly calendarId: string;
  readonly expiresAtMs: number;
}

export interface PushRequest {
  readonly calendarId: string;
  readonly channelId: string;
  /** Comes back with every message; a message with another is not from this channel. */
  readonly token: string;
  /** Our own https address the messages go to. */
  readonly address: string;
}

/** What a message to that address says. `validation` must be answered with the text, as text/plain. */
export type PushMessage =
  | { readonly kind: 'validation'; readonly answer: string }
  | { readonly kind: 'messages'; readonly messages: readonly ChannelMessage[] }
  | { readonly kind: 'unreadable' };

/** `changed`: read the calendar. `renew`: make a new channel soon. `lost`: the channel is over, make a new one and read. */
export interface ChannelMessage {
  readonly kind: 'changed' | 'renew' | 'lost';
  /** The id we gave the channel, or the one the provider did; look for both. */
  readonly channelId: string;
  readonly token: string;
}

export interface PushChannels {
  watch(credentials: Credentials, request: PushRequest, call?: CallOptions): Promise<CallOutcome<PushChannel>>;
  /** Answers the channel that holds from now on; it may be another one, and the old one is stopped then. */
  renew(credentials: Credentials, channel: PushChannel, request: PushRequest, call?: CallOptions): Promise<CallOutcome<PushChannel>>;
  /** A channel that is over is stopped. */
  stop(credentials: Credentials, channel: PushChannel, call?: CallOptions): Promise<CallOutcome<null>>;
  readMessage(message: IncomingPush): PushMessage;
}

/** Header names in lower case. */
export interface IncomingPush {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** `busy` reads when the host is busy and nothing else; the others add writing to a calendar of our own, or to one the host picks. */
export type Access = 'busy' | 'writeOwnCalendar' | 'writeAnyCalendar';

export interface AuthorizeRequest {
  readonly access: Access;
  readonly state: string;
  /** Of PKCE (RFC 7636), method S256. */
  readonly codeChallenge: string;
  readonly redirectUri: string;
}

export interface OAuthLogin {
  scopesFor(access: Access): readonly string[];
  /** Whether the scopes granted suffice for this access. */
  allows(credentials: OAuthCredentials, access: Access): boolean;
  authorizeUrl(request: AuthorizeRequest): string;
  exchange(
    request: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string },
    call?: CallOptions,
  ): Promise<CallOutcome<OAuthCredentials>>;
  /** `authExpired` when the login is dead. Only one of two refreshes at once may win: hold a lock. */
  refresh(credentials: OAuthCredentials, call?: CallOptions): Promise<CallOutcome<OAuthCredentials>>;
}

/** One kind of outside calendar. `null` says the provider has no such thing. */
export interface CalendarProvider {
  readonly name: ProviderName;
  readonly login: OAuthLogin | null;
  readonly writing: EventWriting | null;
  readonly changes: ChangeFeed | null;
  readonly push: PushChannels | null;
  /** Whose account this is, as the host knows it; the first call with new credentials, and what `doctor` asks. */
  identify(credentials: Credentials, call?: CallOptions): Promise<CallOutcome<{ readonly account: string }>>;
  listCalendars(credentials: Credentials, call?: CallOptions): Promise<CallOutcome<readonly OutsideCalendar[]>>;
  /** The busy time of all the calendars asked for, or a failure; never some of it. */
  readBusy(credentials: Credentials, question: BusyQuestion, call?: CallOptions): Promise<CallOutcome<BusyReading>>;
  /** Ends the login at the provider; false where the provider offers no way, and the host must be told. */
  revoke(credentials: Credentials, call?: CallOptions): Promise<CallOutcome<{ readonly revoked: boolean }>>;
}
