import type { CalendarProvider, Credentials } from '../../../server/adapters/calendars/contract.ts';

/** An event somebody else puts into the calendar, full of what must never come through. */
export interface OutsideEvent {
  readonly startMs: number;
  readonly endMs: number;
}

export interface SeenEvent {
  readonly startMs: number;
  readonly endMs: number;
  readonly summary: string;
  readonly description: string;
}

/** One provider with an account in it, and another program that uses the same account. */
export interface CalendarWorld {
  readonly provider: CalendarProvider;
  readonly credentials: Credentials;
  /** The calendar the events are in. */
  readonly calendarId: string;
  /** Adds an event as another program would, with SECRET_WORDS in every text. */
  addOutside(event: OutsideEvent): Promise<void>;
  /** All events of the calendar as another program reads them; null where no events are written. */
  readonly readOutside: (() => Promise<readonly SeenEvent[]>) | null;
  readonly moveOutside: ((eventId: string, time: OutsideEvent) => Promise<void>) | null;
  readonly deleteOutside: ((eventId: string) => Promise<void>) | null;
  /** Makes every sync token given out so far worthless. */
  readonly loseSyncTokens: (() => void) | null;
  /** What strict fakes found wrong. */
  problems(): readonly string[];
  stop(): Promise<void>;
}

export const SECRET_WORDS = ['Zahnarzttermin', 'mistress@example.org', 'Hinterzimmer'] as const;
export const [SECRET_TITLE, SECRET_PERSON, SECRET_PLACE] = SECRET_WORDS;
