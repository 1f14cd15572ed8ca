import type { ConnectionAccess, ConnectionChange } from '../../../shared/contract/connection.ts';
import type { Calendars, Connectable, ConnectForm } from '../../flow/availability/connections.ts';
import type { RulesDraft, ScheduleDraft } from '../../flow/availability/draft.ts';
import type { AvailabilityState, Preview, Shown } from '../../flow/availability/state.ts';
import type { enAvailability } from '../../i18n/en-availability.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { SayOf, TextKey } from '../../i18n/say.ts';

export type AvailabilityKey = TextKey | keyof typeof enAvailability;
export type SayAvailability = SayOf<AvailabilityKey>;

/** What the views may ask for. */
export interface SettingsActions {
  readonly show: (change: Partial<AvailabilityState>) => void;
  readonly showPreview: (change: Partial<Preview>) => void;
  readonly editSchedule: (change: Partial<ScheduleDraft>) => void;
  readonly editRules: (change: Partial<RulesDraft>) => void;
  readonly editHost: (maxMeetingsPerDay: string) => void;
  readonly chooseEventType: (eventTypeId: string) => void;
  readonly save: () => void;
  readonly discard: () => void;
  readonly retry: () => void;
  readonly loadTheirs: () => void;
  readonly keepMine: () => void;
  readonly showCalendars: (change: Partial<Calendars>) => void;
  readonly openConnect: (provider: Connectable, access?: ConnectionAccess) => void;
  readonly closeConnect: () => void;
  readonly askForAccess: (access: ConnectionAccess) => void;
  /** The host follows the link to the provider's own page. */
  readonly goToConsent: () => void;
  readonly connect: (form: ConnectForm) => void;
  readonly changeConnection: (id: string, change: ConnectionChange) => void;
  readonly readConnection: (id: string) => void;
  readonly disconnect: (id: string) => void;
  readonly agreeToSms: (text: string) => void;
  readonly weekKey: (event: KeyboardEvent) => void;
  /** Called with the grid of the week when it is drawn, and with null when it goes. */
  readonly attachPainter: (grid: HTMLElement | null) => void;
  /** Puts the keyboard on a control once it is drawn. */
  readonly focusOn: (id: string) => void;
}

/** What every view of the settings is handed. */
export interface SettingsTools {
  readonly state: AvailabilityState;
  readonly shown: Shown;
  readonly say: SayAvailability;
  readonly formats: Formats;
  readonly actions: SettingsActions;
  readonly nowMs: number;
  /** How many controls show that something is wrong with them. */
  readonly wrong: number;
  /** What is wrong with a control, where that is to be shown already. */
  readonly errorOf: (id: string) => string | null;
}
