import type { enClocks } from './en-clocks.ts';
import type { enMeetings } from './en-meetings.ts';
import type { enTrouble } from './en-trouble.ts';
import type { SayOf, TextKey } from './say.ts';

export type MeetingsKey = TextKey | keyof typeof enClocks | keyof typeof enMeetings | keyof typeof enTrouble;
export type SayMeetings = SayOf<MeetingsKey>;
