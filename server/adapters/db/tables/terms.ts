import type { Role, Stage } from '../../../../shared/contract/common.ts';
import type { NoticeContent } from '../../../domain/policy/notice-content.ts';

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
