import { appendSmsConsent, findNumberOwners, hashPhone, keepInboundSms } from '../adapters/db/sms-consents.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import type { InboundSms, InboundSmsOutcome } from '../adapters/sms/sms-sender.ts';
import { readSmsKeyword } from '../domain/messages/read-sms-keyword.ts';
import { renderSmsReply } from '../domain/messages/render-sms.ts';
import { type Outcome, type Refusal, refuse, succeed } from '../domain/outcome.ts';
import { brandOf } from './compose-mail.ts';
import type { Deps } from './deps.ts';

const REPLIES = { stop: 'stopped', start: 'started', help: 'help' } as const;

/** What Twilio hands over: its form, signed over the address it was told and the fields. Answers the document Twilio expects. */
export async function receiveTwilioSms(
  deps: Deps,
  handed: { readonly path: string; readonly body: string; readonly signature: string | undefined },
): Promise<Outcome<string>> {
  const { twilio } = deps.inboundSms;
  if (twilio === null) return refuse('not_found');
  const { path, body, signature } = handed;
  const read = twilio.read({ url: `${deps.publicUrl}${path}`, form: new URLSearchParams(body), signature });
  return read.ok ? succeed(twilio.write(await receiveSms(deps, 'twilio', read.sms))) : refusalOf(read);
}

/** What a gateway hands over, signed by Standard Webhooks. Answers the reply, which the gateway sends. */
export async function receiveGatewaySms(
  deps: Deps,
  handed: {
    readonly headers: { readonly id: string | undefined; readonly timestamp: string | undefined; readonly signature: string | undefined };
    readonly body: string;
  },
): Promise<Outcome<{ reply: string | null }>> {
  const { gateway } = deps.inboundSms;
  if (gateway === null) return refuse('not_found');
  const read = gateway.read({ ...handed, nowMs: deps.clock.nowMs() });
  return read.ok ? succeed({ reply: await receiveSms(deps, 'gateway', read.sms) }) : refusalOf(read);
}

function refusalOf({ reason }: Extract<InboundSmsOutcome, { ok: false }>): Refusal {
  return reason === 'bad_signature'
    ? refuse('unauthenticated', { detail: 'The signature is not right.' })
    : refuse('validation_failed', { detail: 'The message cannot be read.' });
}

/**
 * What somebody wrote back: STOP ends every consent of this number, START renews those it once gave, HELP asks what this is. Answers the reply, or null
 * when none is due: for any other text, for a message handed over twice, for a stranger, and where the carrier has answered already.
 */
async function receiveSms(deps: Deps, provider: 'twilio' | 'gateway', sms: InboundSms): Promise<string | null> {
  const keyword = readSmsKeyword(sms.text);
  const at = new Date(deps.clock.nowMs());
  return deps.db.transaction().execute(async (trx) => {
    if (!(await keepInboundSms(trx, provider, sms.providerId, at))) return null;
    if (keyword === null) return null;
    const owners = await findNumberOwners(trx, sms.from);
    const state = keyword === 'stop' ? 'withdrawn' : 'granted';
    for (const owner of keyword === 'help' ? [] : owners) {
      if (owner.state === state) continue;
      await appendSmsConsent(trx, {
        tenant_id: owner.tenantId,
        consent_id: deps.ids.next('sms'),
        person_id: owner.personId,
        party: owner.party,
        phone_hash: hashPhone(owner.personId, sms.from),
        state,
        text: sms.text.trim(),
        locale: owner.locale,
        via: 'sms',
        booking_id: null,
        at,
      });
    }
    const [first] = owners;
    const tenant = first && (await findTenant(trx, first.tenantId));
    if (first === undefined || tenant === undefined || sms.answered) return null;
    return renderSmsReply(REPLIES[keyword], brandOf(tenant.settings).name, first.locale ?? tenant.settings.locale);
  });
}
