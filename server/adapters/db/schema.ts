import type { Generated, Kysely, Transaction } from 'kysely';
import type { KeyScope } from '../../../shared/contract/api-key.ts';
import type { BookingStatus } from '../../../shared/contract/booking.ts';
import type { Role, Stage } from '../../../shared/contract/common.ts';
import type { Location } from '../../../shared/contract/event-type.ts';
import type { ProposalStatus } from '../../../shared/contract/proposal.ts';
import type { ScheduleRules } from '../../../shared/contract/schedule.ts';
import type { TenantSettings } from '../../../shared/contract/tenant.ts';
import type { EventTypeSettings } from '../../domain/bookings/event-type-settings.ts';
import type { MessageKind, Party } from '../../domain/messages/message-data.ts';
import type { TreatAsBusy } from '../../domain/calendars/treat-as-busy.ts';
import type { BusyKind } from '../../domain/calendars/busy-interval.ts';
import type { NoticeContent } from '../../domain/policy/notice-content.ts';
import type { ReminderChannel } from '../../domain/reminders/plan-reminders.ts';
import type { Access, ProviderName, PushChannel } from '../calendars/contract.ts';
import type { SimulatedState } from '../calendars/simulated/simulated-calendar.ts';

/** The tables, as migrations/ makes them. `tenant_id` is the first column of every key. */
export interface Database {
  tenants: TenantTable;
  api_keys: ApiKeyTable;
  people: PeopleTable;
  hosts: HostTable;
  schedules: ScheduleTable;
  event_types: EventTypeTable;
  claims: ClaimTable;
  holds: HoldTable;
  rooms: RoomTable;
  bookings: BookingTable;
  booking_hosts: { tenant_id: string; booking_id: string; host_id: string };
  booking_guests: { tenant_id: string; booking_id: string; person_id: string; added_at: Date };
  booking_tokens: BookingTokenTable;
  booking_history: BookingHistoryTable;
  notices: { tenant_id: string; key: string; notice_id: string; created_at: Date };
  notice_versions: NoticeVersionTable;
  impressions: ImpressionTable;
  ledger_heads: { tenant_id: string; entries: number; last_hash: string };
  acknowledgements: AcknowledgementTable;
  idempotency_keys: IdempotencyKeyTable;
  events: EventTable;
  proposals: ProposalTable;
  email_codes: EmailCodeTable;
  first_contacts: { tenant_id: string; person_id: string; notice_version_id: string; at: Date };
  incidents: IncidentTable;
  outgoing_messages: OutgoingMessageTable;
  reminders: ReminderTable;
  webhook_endpoints: WebhookEndpointTable;
  webhook_deliveries: WebhookDeliveryTable;
  sms_consents: SmsConsentTable;
  host_feeds: HostFeedTable;
  connections: ConnectionTable;
  connection_calendars: ConnectionCalendarTable;
  busy_intervals: BusyIntervalTable;
  written_events: WrittenEventTable;
  push_channels: PushChannelTable;
  logins_to_end: LoginToEndTable;
  simulated_calendars: { tenant_id: string; connection_id: string; state: SimulatedState };
  inbound_sms: { provider: string; provider_id: string; at: Date };
}

/** Reads may run on the pool or inside a transaction; writes that need one ask for `Trx`. */
export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

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

export interface ClaimTable {
  tenant_id: string;
  host_id: string;
  owner_id: string;
  kind: 'booking' | 'hold' | 'proposal';
  event_type_id: string;
  starts_at: Date;
  ends_at: Date;
  /** PostgreSQL range text, `["...","...")`. */
  blocked: string;
  expires_at: Date | null;
}

export interface HoldTable {
  tenant_id: string;
  hold_id: string;
  event_type_id: string;
  host_ids: string[];
  start_at: Date;
  end_at: Date;
  duration_minutes: number;
  holder: string;
  /** The booking whose new time it keeps; null for a hold of its own. */
  booking_id: string | null;
  status: 'live' | 'released' | 'expired' | 'used';
  expires_at: Date;
  created_at: Date;
}

export interface RoomTable {
  tenant_id: string;
  room_id: string;
  stage: Stage;
  url: string | null;
  stated_at: Date;
}

export interface BookingTable {
  tenant_id: string;
  booking_id: string;
  event_type_id: string;
  status: BookingStatus;
  title: string;
  start_at: Date;
  end_at: Date;
  duration_minutes: number;
  invitee_id: string;
  invitee_time_zone: string | null;
  invitee_locale: string | null;
  room_id: string | null;
  stage: Stage;
  location: Location;
  answers: Record<string, string>;
  note: string | null;
  host_note: string | null;
  /** What the host said when confirming; goes into the mail to the invitee. */
  host_message: Generated<string | null>;
  metadata: Record<string, unknown>;
  sequence: Generated<number>;
  reschedule_count: Generated<number>;
  acknowledgement_id: string | null;
  request_expires_at: Date | null;
  pending_start_at: Date | null;
  pending_end_at: Date | null;
  reason: string | null;
  cancelled_by: string | null;
  cancelled_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface BookingTokenTable {
  tenant_id: string;
  token_hash: Buffer;
  kind: 'manage' | 'file';
  booking_id: string;
  party: Role;
  host_id: string | null;
  token: Buffer;
  revoked_at: Date | null;
}

export interface HostFeedTable {
  tenant_id: string;
  host_id: string;
  token_hash: Buffer;
  token: Buffer;
  created_at: Date;
}

export interface BookingHistoryTable {
  tenant_id: string;
  booking_id: string;
  entry: Generated<number>;
  at: Date;
  action: string;
  actor: { kind: string; personId: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface NoticeVersionTable {
  tenant_id: string;
  notice_version_id: string;
  key: string;
  version: number | null;
  content: NoticeContent;
  effective_from: Date | null;
  created_at: Date;
  published_at: Date | null;
}

export interface ImpressionTable {
  tenant_id: string;
  impression_id: string;
  notice_version_id: string;
  placement: string | null;
  locale: string | null;
  person_id: string | null;
  room_id: string | null;
  at: Date;
}

export interface AcknowledgementTable {
  tenant_id: string;
  entry: number;
  kind: 'acknowledged' | 'used' | 'withdrawn';
  acknowledgement_id: string;
  notice_version_id: string;
  person_id: string | null;
  room_id: string | null;
  booking_id: string | null;
  /** Null once retention has dropped what the row says; its hashes stay. */
  record: Record<string, unknown> | null;
  at: Date;
  prev_hash: string;
  hash: string;
  dropped_at: Date | null;
}

export interface IncidentTable {
  tenant_id: string;
  incident_id: string;
  kind: 'callTrouble' | 'offPlatformRequest';
  booking_id: string | null;
  room_id: string | null;
  stage: Stage;
  by_role: Role | 'operator';
  person_id: string | null;
  note: string | null;
  at: Date;
}

export interface IdempotencyKeyTable {
  tenant_id: string;
  scope: string;
  key: string;
  body_hash: string;
  status: number | null;
  answer: Buffer | null;
  claimed_until: Date;
  expires_at: Date;
}

export interface EventTable {
  tenant_id: string;
  event_id: string;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  delivered_at: Date | null;
}

export interface ProposalTable {
  tenant_id: string;
  proposal_id: string;
  event_type_id: string;
  host_ids: string[];
  starts: Date[];
  duration_minutes: number;
  status: ProposalStatus;
  by_role: Role;
  by_person_id: string | null;
  invitee_id: string | null;
  invitee_time_zone: string | null;
  invitee_locale: string | null;
  room_id: string;
  stage: Stage;
  acknowledgement_ids: string[];
  /** Those of them that the meeting, if one comes of it, uses up. */
  unused_acknowledgement_ids: string[];
  booking_id: string | null;
  ended_by: string | null;
  reason: string | null;
  expires_at: Date;
  created_at: Date;
  updated_at: Date;
}

export interface EmailCodeTable {
  tenant_id: string;
  address_hash: string;
  code_hash: string;
  tries: number;
  /** The mail still to be sent: `EmailCodeLetter` as JSON, sealed in the context `email-code:TENANT:ADDRESS_HASH`. */
  letter: Buffer | null;
  created_at: Date;
  expires_at: Date;
}

type WorkState = 'waiting' | 'sent' | 'dropped' | 'failed';

export interface OutgoingMessageTable {
  tenant_id: string;
  message_id: string;
  booking_id: string | null;
  kind: MessageKind;
  party: Party;
  person_id: string | null;
  host_id: string | null;
  /** The version of the booking it tells of. */
  sequence: number | null;
  data: Record<string, unknown>;
  state: Generated<WorkState>;
  detail: Generated<string | null>;
  attempts: Generated<number>;
  next_at: Date;
  created_at: Date;
  settled_at: Generated<Date | null>;
}

export interface ReminderTable {
  tenant_id: string;
  reminder_id: string;
  booking_id: string;
  sequence: number;
  person_id: string;
  rule_key: string;
  party: Party;
  channel: ReminderChannel;
  due_at: Date;
  state: Generated<WorkState>;
  detail: Generated<string | null>;
  attempts: Generated<number>;
  next_at: Date;
  created_at: Date;
  settled_at: Generated<Date | null>;
}

export interface WebhookEndpointTable {
  tenant_id: string;
  endpoint_id: string;
  url: string;
  events: string[];
  contact_details: 'masked' | 'full';
  status: 'active' | 'paused' | 'disabled';
  secret: Buffer;
  previous_secret: Buffer | null;
  previous_secret_until: Date | null;
  last_success_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface WebhookDeliveryTable {
  tenant_id: string;
  delivery_id: string;
  endpoint_id: string;
  event_id: string;
  event_type: string;
  state: Generated<WorkState>;
  detail: Generated<string | null>;
  attempts: Generated<number>;
  first_attempt_at: Generated<Date | null>;
  last_attempt_at: Generated<Date | null>;
  last_status: Generated<number | null>;
  next_at: Date;
  created_at: Date;
  settled_at: Generated<Date | null>;
}

export interface SmsConsentTable {
  tenant_id: string;
  consent_id: string;
  entry: Generated<number>;
  person_id: string;
  party: Role;
  phone_hash: string;
  state: 'granted' | 'withdrawn';
  text: string;
  locale: string | null;
  via: 'widget' | 'api' | 'sms' | 'carrier';
  booking_id: string | null;
  at: Date;
}

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
