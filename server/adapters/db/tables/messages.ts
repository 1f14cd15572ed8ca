import type { Generated } from 'kysely';
import type { Role } from '../../../../shared/contract/common.ts';
import type { MessageKind, Party } from '../../../domain/messages/message-data.ts';
import type { ReminderChannel } from '../../../domain/reminders/plan-reminders.ts';

export interface EventTable {
  tenant_id: string;
  event_id: string;
  type: string;
  data: Record<string, unknown>;
  at: Date;
  delivered_at: Date | null;
}

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

type WorkState = 'waiting' | 'sent' | 'dropped' | 'failed';
