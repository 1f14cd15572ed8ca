import type { Booking } from '../../shared/contract/booking.ts';
import type { ParleyScheduler } from '../elements/parley-scheduler.tsx';
import type { MeetingsEvent } from '../flow/meetings-event.ts';
import type { MeetingsState } from '../flow/meetings-state.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayMeetings } from '../i18n/meetings-key.ts';
import type { TroubleActions, TroubleState } from './call-trouble.tsx';

/** What every view of the list of meetings is handed. */
export interface MeetingsTools {
  readonly state: MeetingsState;
  readonly say: SayMeetings;
  readonly formats: Formats;
  /** The viewer's zone. */
  readonly zone: string;
  readonly nowMs: number;
  /** How the other side is called where no meeting tells a name. */
  readonly otherName: string;
  /** The kinds of meeting times may be offered for; none where the token names no room. */
  readonly offered: readonly string[];
  readonly send: (event: MeetingsEvent) => void;
  readonly move: (booking: Booking) => void;
  /** Called with the scheduler that moves a meeting, when it is drawn, and with null when it goes. */
  readonly prepareMove: (scheduler: ParleyScheduler | null) => void;
  readonly trouble: { readonly state: TroubleState; readonly actions: TroubleActions };
}
