import { messageLanguage } from '../../shared/i18n/message-language.ts';
import { appendSmsConsent, hashPhone } from '../adapters/db/sms-consents.ts';
import type { Trx } from '../adapters/db/schema.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import type { BookingParty } from './identify-invitee.ts';

/**
 * Writes the consent given with a booking into the ledger. The box stands beside our own sentence (`sms.consent`) in the invitee's language, so that is
 * what is kept; a site with words of its own sends them to `POST /v1/sms-consents`.
 */
export async function keepSmsConsent(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  { party, inviteeId, bookingId }: { readonly party: BookingParty; readonly inviteeId: string; readonly bookingId: string },
): Promise<void> {
  if (party.phone === null) throw new Error('keepSmsConsent: no number');
  const language = messageLanguage(party.locale ?? caller.tenant.settings.locale);
  await appendSmsConsent(trx, {
    tenant_id: caller.tenant.id,
    consent_id: deps.ids.next('sms'),
    person_id: inviteeId,
    party: 'invitee',
    phone_hash: hashPhone(inviteeId, party.phone),
    state: 'granted',
    text: language.texts['sms.consent'],
    locale: language.code,
    via: caller.kind === 'secret' ? 'api' : 'widget',
    booking_id: bookingId,
    at: new Date(deps.clock.nowMs()),
  });
}
