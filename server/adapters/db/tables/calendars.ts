import type { Generated } from 'kysely';
import type { TreatAsBusy } from '../../../domain/calendars/treat-as-busy.ts';
import type { BusyKind } from '../../../domain/calendars/busy-interval.ts';
import type { Access, ProviderName, PushChannel } from '../../calendars/contract.ts';

export interface ConnectionTable {
  tenant_id: string;
  connection_id: string;
  host_id: string;
  provider: ProviderName;
  account: string;
  /** `Credentials` as JSON, sealed in the context `connection:TENANT:CONNECTION`. */
  credentials: Buffer;
  access: Access;
  write_calendar_id: string | null;
  failure_mode: Generated<'hide' | 'lastKnown'>;
  treat_as_busy: TreatAsBusy;
  status: Generated<'ok' | 'failing' | 'disconnected'>;
  failing_since: Generated<Date | null>;
  failure: Generated<string | null>;
  failure_detail: Generated<string | null>;
  /** In a row. */
  failures: Generated<number>;
  told_of_failure: Generated<boolean>;
  /** Of the last reading that succeeded. */
  checked_at: Generated<Date | null>;
  fresh_until: Generated<Date | null>;
  covered_until: Generated<Date | null>;
  reach_days: Generated<number>;
  validators: Generated<string | null>;
  busy_version: Generated<number>;
  next_at: Date;
  read_lease: Generated<string | null>;
  read_lease_until: Generated<Date | null>;
  login_lease_until: Generated<Date | null>;
  /** When to look what became of our events; null while none are written. */
  follow_at: Generated<Date | null>;
  created_at: Date;
  updated_at: Date;
}

export interface ConnectionCalendarTable {
  tenant_id: string;
  connection_id: string;
  calendar_id: string;
  name: string;
  is_primary: boolean;
  writable: boolean;
  blocks: boolean;
  /** Parley made it. */
  is_own: Generated<boolean>;
  /** Where following changes of our own events in it goes on. */
  sync_token: Generated<string | null>;
}

export interface BusyIntervalTable {
  tenant_id: string;
  connection_id: string;
  starts_at: Date;
  ends_at: Date;
  kind: BusyKind;
  all_day: boolean;
}

export interface WrittenEventTable {
  tenant_id: string;
  booking_id: string;
  connection_id: string;
  host_id: string;
  calendar_id: string;
  event_id: string | null;
  etag: string | null;
  sequence: number | null;
  content_hash: string | null;
  written_start_at: Date | null;
  written_end_at: Date | null;
  meeting_url: string | null;
  state: Generated<'waiting' | 'written' | 'removed' | 'failed' | 'deletedOutside'>;
  detail: Generated<string | null>;
  attempts: Generated<number>;
  /** In a row; `attempts` only ever rises. */
  failures: Generated<number>;
  next_at: Date;
  created_at: Date;
  updated_at: Date;
}

export interface LoginToEndTable {
  tenant_id: string;
  connection_id: string;
  provider: ProviderName;
  account: string;
  credentials: Buffer;
  channels: readonly PushChannel[];
  attempts: Generated<number>;
  next_at: Date;
  created_at: Date;
}

export interface PushChannelTable {
  tenant_id: string;
  connection_id: string;
  calendar_id: string;
  channel_id: string;
  resource_id: string;
  token_hash: Buffer;
  expires_at: Date;
  renew_at: Date;
}
