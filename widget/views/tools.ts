import type { FlowEvent } from '../flow/state.ts';
import type { Formats } from '../i18n/formats.ts';
import type { Say } from '../i18n/say.ts';

/** What every view is handed beside its own part of the picture. */
export interface Tools {
  readonly say: Say;
  readonly formats: Formats;
  readonly send: (event: FlowEvent) => void;
}
