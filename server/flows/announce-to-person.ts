import { insertMessage } from '../adapters/db/outgoing-messages.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { MessageKind, Party } from '../domain/messages/message-data.ts';
import type { Deps } from './deps.ts';

export interface PersonalMessage {
  readonly tenantId: string;
  readonly kind: MessageKind;
  readonly party: Party;
  readonly personId: string | null;
  readonly hostId?: string;
  /** Ids and hashes only. */
  readonly data: Record<string, unknown>;
}

/** Writes down that one person is to get a mail that is about no booking. */
export async function announceToPerson(deps: Deps, trx: Trx, message: PersonalMessage): Promise<void> {
  const { tenantId, kind, party, personId, hostId, data } = message;
  const row = {
    tenant_id: tenantId,
    message_id: deps.ids.next('msg'),
    booking_id: null,
    kind,
    party,
    person_id: personId,
    host_id: hostId ?? null,
    sequence: null,
    data,
  };
  await insertMessage(trx, row, new Date(deps.clock.nowMs()));
}
