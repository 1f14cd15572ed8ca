import type { KeyScope } from '../../../../shared/contract/api-key.ts';
import type { ScheduleRules } from '../../../../shared/contract/schedule.ts';
import type { TenantSettings } from '../../../../shared/contract/tenant.ts';
import type { EventTypeSettings } from '../../../domain/bookings/event-type-settings.ts';

export interface TenantTable {
  tenant_id: string;
  settings: TenantSettings;
  embed_secret: Buffer;
  previous_embed_secret: Buffer | null;
  previous_embed_secret_until: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface ApiKeyTable {
  tenant_id: string;
  key_id: string;
  kind: 'secret' | 'publishable';
  mode: 'live' | 'test';
  name: string | null;
  scopes: KeyScope[];
  prefix: string;
  hash: Buffer;
  /** Publishable keys only. */
  public_key: string | null;
  created_at: Date;
  last_used_at: Date | null;
}

export interface PeopleTable {
  tenant_id: string;
  person_id: string;
  external_id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  time_zone: string | null;
  locale: string | null;
  created_at: Date;
  erased_at: Date | null;
}

export interface HostTable {
  tenant_id: string;
  host_id: string;
  person_id: string;
  external_id: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  description: string | null;
  time_zone: string;
  locale: string;
  max_meetings_per_day: number | null;
  created_at: Date;
  updated_at: Date;
}

export interface ScheduleTable {
  tenant_id: string;
  schedule_id: string;
  host_id: string;
  name: string;
  time_zone: string;
  rules: Pick<Required<ScheduleRules>, 'weeklyHours' | 'dateOverrides' | 'travel'>;
  created_at: Date;
  updated_at: Date;
}

export interface EventTypeTable {
  tenant_id: string;
  event_type_id: string;
  host_id: string;
  host_ids: string[];
  schedule_id: string | null;
  slug: string | null;
  settings: EventTypeSettings;
  created_at: Date;
  updated_at: Date;
}

export interface HostFeedTable {
  tenant_id: string;
  host_id: string;
  token_hash: Buffer;
  token: Buffer;
  created_at: Date;
}
