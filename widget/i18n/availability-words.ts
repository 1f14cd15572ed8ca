import type { enAvailability } from './en-availability.ts';
import type { Table } from './say.ts';

/** What a language says in a host's own settings, beside its `Words`. Complete, or it does not compile. */
export interface AvailabilityWords {
  readonly availability: Table<keyof typeof enAvailability>;
}
