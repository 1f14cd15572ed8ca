import type { Kysely, Transaction } from 'kysely';
import type { SimulatedState } from '../calendars/simulated/simulated-calendar.ts';
import type { ApiKeyTable, EventTypeTable, HostFeedTable, HostTable, PeopleTable, ScheduleTable, TenantTable } from './tables/people.ts';
import type {
  BookingHistoryTable,
  BookingTable,
  BookingTokenTable,
  ClaimTable,
  EmailCodeTable,
  HoldTable,
  IdempotencyKeyTable,
  ProposalTable,
  RoomTable,
} from './tables/bookings.ts';
import type { AcknowledgementTable, ImpressionTable, IncidentTable, NoticeVersionTable } from './tables/terms.ts';
import type {
  EventTable,
  OutgoingMessageTable,
  ReminderTable,
  SmsConsentTable,
  WebhookDeliveryTable,
  WebhookEndpointTable,
} from './tables/messages.ts';
import type {
  BusyIntervalTable,
  ConnectionCalendarTable,
  ConnectionTable,
  LoginToEndTable,
  PushChannelTable,
  WrittenEventTable,
} from './tables/calendars.ts';

export type * from './tables/people.ts';
export type * from './tables/bookings.ts';
export type * from './tables/terms.ts';
export type * from './tables/messages.ts';
export type * from './tables/calendars.ts';

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
