import type { FlowEvent } from '../flow/state.ts';
import type { Formats } from '../i18n/formats.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { Say, SayOf } from '../i18n/say.ts';

/** What every view is handed beside its own part of the picture. */
export interface Tools {
  readonly say: Say;
  readonly formats: Formats;
  readonly send: (event: FlowEvent) => void;
}

/** The same for the steps after a time is chosen, which have more to say. */
export interface BookTools extends Tools {
  readonly say: SayOf<BookKey>;
}
