import type { Generated } from 'kysely';
import type { BookingStatus } from '../../../../shared/contract/booking.ts';
import type { Role, Stage } from '../../../../shared/contract/common.ts';
import type { BookedLocation } from '../../../../shared/contract/event-type.ts';
import type { ProposalStatus } from '../../../../shared/contract/proposal.ts';

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
  location: BookedLocation;
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
  /** SHA-256 of the file token for `both`, else of the one token. */
  token_hash: Buffer;
  /** Both tokens of a party; until 0063 every token had a row. */
  kind: 'both' | 'manage' | 'file';
  booking_id: string;
  party: Role;
  host_id: string | null;
  /** What they are derived from (`Vault.derive`), or, of before 0063, the token or a seed sealed. */
  token: Buffer;
  revoked_at: Date | null;
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
