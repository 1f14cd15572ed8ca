/** A person as a calendar file names them. An empty name is written as the address. */
export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

/**
 * What a calendar file says about one meeting. Whoever fills this decides what the reader may see: nothing is looked up here,
 * so a masked party's address never reaches the file unless it is in these fields.
 */
export interface CalendarMeeting {
  /** Stable for the life of the booking; the same for every recipient. */
  readonly uid: string;
  /** Raised by one with every change of time, place or status (RFC 5546, 2.1.4). */
  readonly sequence: number;
  /** PUBLISH is a file somebody downloads; REQUEST and CANCEL are sent to a person and need `organizer` and `attendee`. */
  readonly method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  readonly startMs: number;
  readonly endMs: number;
  /** When this version of the meeting was made (DTSTAMP). */
  readonly stampMs: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url: string | null;
  readonly organizer: CalendarPerson | null;
  readonly attendee: CalendarPerson | null;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly alarmsMinutesBefore: readonly number[];
  /** Who made the file, as PRODID names it. */
  readonly productName: string;
}
