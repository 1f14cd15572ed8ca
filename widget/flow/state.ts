import type { Booking } from '../../shared/contract/booking.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { Slot, SlotDay, SlotsAnswer } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { SendEffect } from './effect.ts';
import type { OwnCalendar } from './own-calendar/read-calendar.ts';

/** Times of one month. Days before the first asked date are not in `days`. */
export type MonthLoad =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly days: readonly SlotDay[] }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What was typed. `answers` is keyed by question, `guests` is the text as typed, addresses separated by commas. */
export interface Form {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly guests: string;
  readonly note: string;
  /** Why the meeting is moved. */
  readonly reason: string;
  readonly location: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly acknowledged: boolean;
}

/** What a site knows about its visitor beforehand. */
export type Prefill = Partial<Omit<Form, 'reason' | 'acknowledged'>>;

/** What is wrong with one field: a text of ours, or the server's own words. */
export type Issue = { readonly say: BookKey; readonly count?: number } | { readonly text: string };

export type Sending =
  | { readonly status: 'idle' }
  /** `waitingKey` is the key of what is sent as soon as the holds are answered. */
  | { readonly status: 'busy'; readonly waitingKey?: string }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What the answer told about the event type beside the times. */
export interface About {
  readonly eventType: PublicEventType;
  readonly hostZone: string;
  readonly brand: NonNullable<SlotsAnswer['brand']> | null;
}

/** The visitor's own calendar file: being read, read, or why it could not be. */
export type Own =
  | { readonly status: 'reading'; readonly file: File }
  | { readonly status: 'read'; readonly calendar: OwnCalendar }
  | { readonly status: 'refused'; readonly say: BookKey };

/** A new booking, or a new time for one that stands. */
export type Purpose =
  { readonly kind: 'book' } | { readonly kind: 'move'; readonly bookingId: string; readonly start: string; readonly end: string };

export interface Identity {
  readonly name: string;
  readonly hasEmail: boolean;
}

/** Where the keyboard shall be after the next drawing; `count` tells two equal wishes apart. */
export interface FocusWish {
  readonly target: 'day' | 'times' | 'zone' | 'details' | 'issue' | 'done' | 'taken' | 'failure';
  readonly count: number;
}

export interface State {
  readonly purpose: Purpose;
  /** Hosts need not say why they move a meeting. Not known until the code of the later steps has read it. */
  readonly isHost: boolean;
  /** Who the room token names; `null` when the visitor types name and address, and until the code of the later steps has read it. */
  readonly identity: Identity | null;
  readonly zone: string;
  readonly isZoneOpen: boolean;
  readonly today: string;
  readonly nowMs: number;
  /** Raised whenever earlier answers no longer count (another zone, duration or a fresh look). */
  readonly generation: number;
  readonly months: Readonly<Record<string, MonthLoad>>;
  readonly month: string;
  readonly search: 'unasked' | 'busy' | 'done';
  /** The day that takes the keyboard in the grid. */
  readonly cursor: string;
  readonly date: string | null;
  readonly durationMinutes: number | null;
  readonly about: About | null;
  readonly calendarStatus: SlotsAnswer['calendarStatus'];
  readonly notice: CurrentNotice | null;
  readonly step: 'pick' | 'details' | 'done';
  readonly slot: Slot | null;
  readonly hold: { readonly id: string; readonly expiresAt: string } | null;
  /** How many holds were asked for and are not answered yet. */
  readonly holdsAsked: number;
  readonly taken: { readonly start: string; readonly alternatives: readonly Slot[] } | null;
  readonly form: Form;
  readonly issues: Readonly<Record<string, Issue>>;
  readonly sending: Sending;
  /** The request as it was last sent, key and all: a retry sends exactly this again, so it never books twice. */
  readonly attempt: SendEffect | null;
  /** What was sent first and may have arrived, since no answer came: what is sent next has its key, so that only one of them counts. */
  readonly unsure?: SendEffect | undefined;
  readonly acknowledgementId: string | null;
  readonly booking: Booking | null;
  readonly focus: FocusWish | null;
  /** `undefined` until the visitor picks a file. */
  readonly own?: Own | undefined;
}

export type FlowEvent = FirstEvent | LaterEvent;

/** What the first script answers. */
type FirstEvent =
  | { readonly type: 'start' }
  | { readonly type: 'loaded'; readonly generation: number; readonly months: readonly string[]; readonly answer: SlotsAnswer }
  | { readonly type: 'pickSlot'; readonly slot: Slot }
  | { readonly type: 'retry' }
  | { readonly type: 'partFailed'; readonly failure: Failure };

/** What waits for the code of the later steps. */
export type LaterEvent =
  | { readonly type: 'partArrived'; readonly identity: Identity | null; readonly isHost: boolean; readonly form: Prefill }
  | { readonly type: 'pickDate'; readonly date: string }
  | { readonly type: 'loadFailed'; readonly generation: number; readonly months: readonly string[]; readonly failure: Failure }
  | { readonly type: 'showMonth'; readonly month: string }
  | { readonly type: 'prefetchMonth'; readonly month: string }
  | { readonly type: 'toggleZones' }
  | { readonly type: 'reconnected' }
  | { readonly type: 'tokenRenewed'; readonly token: string | null }
  | {
      readonly type: 'key';
      readonly key: string;
      readonly shiftKey: boolean;
      readonly date: string;
      readonly forward: 1 | -1;
      readonly firstWeekday: number;
    }
  | { readonly type: 'pickDuration'; readonly minutes: number }
  | { readonly type: 'pickZone'; readonly zone: string; readonly today: string }
  | { readonly type: 'held'; readonly start: string; readonly hold: { readonly id: string; readonly expiresAt: string } }
  | { readonly type: 'holdRefused'; readonly start: string; readonly failure: Failure }
  /** The page is left, and may come back as it was. */
  | { readonly type: 'holdGiven'; readonly holdId: string }
  | { readonly type: 'back' }
  | { readonly type: 'edit'; readonly field: keyof Form; readonly value: string }
  | { readonly type: 'answer'; readonly key: string; readonly value: string }
  | { readonly type: 'tick'; readonly acknowledged: boolean }
  | { readonly type: 'submit'; readonly freshKey: string }
  | { readonly type: 'acknowledged'; readonly id: string; readonly noticeVersionId: string }
  | { readonly type: 'booked'; readonly booking: Booking }
  | { readonly type: 'sendFailed'; readonly failure: Failure }
  | { readonly type: 'pickCalendar'; readonly file: File }
  | { readonly type: 'calendarRead'; readonly file: File; readonly own: Own }
  | { readonly type: 'forgetCalendar' }
  | { readonly type: 'restart' };

/** A fresh state. `today` is the date now in `zone`. */
export function initialState(given: {
  readonly purpose: Purpose;
  readonly zone: string;
  readonly today: string;
  readonly nowMs: number;
  readonly durationMinutes: number | null;
}): State {
  return {
    ...given,
    isHost: false,
    isZoneOpen: false,
    generation: 0,
    months: {},
    month: given.today.slice(0, 7),
    search: 'unasked',
    cursor: given.today,
    date: null,
    about: null,
    calendarStatus: 'fresh',
    notice: null,
    step: 'pick',
    slot: null,
    hold: null,
    holdsAsked: 0,
    taken: null,
    identity: null,
    form: { name: '', email: '', phone: '', guests: '', note: '', reason: '', location: '', answers: {}, acknowledged: false },
    issues: {},
    sending: { status: 'idle' },
    attempt: null,
    acknowledgementId: null,
    booking: null,
    focus: null,
  };
}
