import type { enMeetings } from './en-meetings.ts';
import type { Table } from './say.ts';

/** What a language says in the list of meetings, beside its `Words`. Complete, or it does not compile. */
export interface MeetingsWords {
  readonly meetings: Table<keyof typeof enMeetings>;
}
