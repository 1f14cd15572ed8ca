import { join } from 'node:path';
import { createAnswerCache } from './adapters/answer-cache.ts';
import { createCaldavCalendar } from './adapters/calendars/caldav/caldav-calendar.ts';
import type { CalendarProvider, ProviderName } from './adapters/calendars/contract.ts';
import { createGoogleCalendar } from './adapters/calendars/google/google-calendar.ts';
import { createIcsFeed } from './adapters/calendars/ics/ics-feed.ts';
import { createMicrosoftCalendar } from './adapters/calendars/microsoft/microsoft-calendar.ts';
import { createSimulatedCalendar } from './adapters/calendars/simulated/simulated-calendar.ts';
import { type Clock, systemClock } from './adapters/clock.ts';
import { createVault } from './adapters/crypto.ts';
import type { Db } from './adapters/db/schema.ts';
import { createSimulatedStore } from './adapters/db/simulated-store.ts';
import { randomIds } from './adapters/ids.ts';
import { createFolderMailer } from './adapters/mail/folder-mailer.ts';
import { createSmtpMailer, SMTP_DEFAULTS } from './adapters/mail/smtp-mailer.ts';
import { createOutbound, type Outbound } from './adapters/outbound/outbound.ts';
import { outboundFetch } from './adapters/outbound/outbound-fetch.ts';
import { type Queue, sweepOnly } from './adapters/queue/queue.ts';
import { createGatewaySender } from './adapters/sms/gateway-sender.ts';
import { createInboundReaders } from './adapters/sms/inbound-reader.ts';
import type { SmsSender } from './adapters/sms/sms-sender.ts';
import { createTwilioSender } from './adapters/sms/twilio-sender.ts';
import { createWebhookSender } from './adapters/webhooks/webhook-sender.ts';
import type { Config } from './config.ts';
import type { Deps } from './flows/deps.ts';

export interface WiringFacts
  extends
    Pick<Config, 'publicUrl' | 'mailFrom' | 'secretKeys'>,
    Partial<Pick<Config, 'smtpUrl' | 'twilio' | 'smsGateway' | 'outboundAllow' | 'google' | 'microsoft'>> {
  /** Where mails lie without `smtpUrl`, in the folder `mail`. */
  readonly dataDir: string;
}

const SMS_TIMEOUT_MS = 15_000;
const WEBHOOK_TIMEOUT_MS = 15_000;
/** Of an answer nobody reads. */
const WEBHOOK_ANSWER_BYTES = 64 * 1024;

/** Which adapter is plugged in where. */
export function wire(db: Db, facts: WiringFacts, queue: Queue = sweepOnly): Deps {
  const from = { name: 'Parley', address: facts.mailFrom };
  const folder = createFolderMailer({ folder: join(facts.dataDir, 'mail'), from, clock: systemClock });
  const smtp = facts.smtpUrl == null ? null : createSmtpMailer({ url: facts.smtpUrl, from, ...SMTP_DEFAULTS });
  const outbound = createOutbound({ allow: facts.outboundAllow ?? [] });
  const limits = { timeoutMs: WEBHOOK_TIMEOUT_MS, maxBytes: WEBHOOK_ANSWER_BYTES, maxRedirects: 0 };
  return {
    db,
    clock: systemClock,
    ids: randomIds,
    vault: createVault(facts.secretKeys),
    cache: createAnswerCache(),
    queue,
    mailer: smtp ?? folder,
    mailbox: smtp === null ? folder : null,
    sms: smsOf(facts),
    inboundSms: createInboundReaders({ twilio: facts.twilio?.authToken ?? null, gateway: facts.smsGateway?.token ?? null }),
    webhooks: createWebhookSender({ fetch: outboundFetch(outbound, limits), timeoutMs: WEBHOOK_TIMEOUT_MS, mayReach: outbound.mayReach }),
    calendars: calendarsOf(db, facts, outbound),
    luck: Math.random,
    publicUrl: facts.publicUrl.replace(/\/+$/, ''),
    mailFrom: facts.mailFrom,
    remember: async () => {},
  };
}

/** Whom this server can connect hosts to, by name. */
export function calendarsOf(
  db: Db,
  { google, microsoft }: Pick<WiringFacts, 'google' | 'microsoft'>,
  outbound: Outbound,
  clock: Clock = systemClock,
): ReadonlyMap<ProviderName, CalendarProvider> {
  const providers = [
    ...(google == null ? [] : [createGoogleCalendar(google, clock)]),
    ...(microsoft == null ? [] : [createMicrosoftCalendar(microsoft, clock)]),
    createCaldavCalendar(outbound, clock),
    createIcsFeed(outbound, clock),
    createSimulatedCalendar(createSimulatedStore(db)),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}

/** The operator's own settings, so addresses inside the network are fine here. */
function smsOf({ twilio, smsGateway }: WiringFacts): SmsSender | null {
  if (twilio != null) return createTwilioSender({ ...twilio, timeoutMs: SMS_TIMEOUT_MS, fetch });
  return smsGateway == null ? null : createGatewaySender({ ...smsGateway, timeoutMs: SMS_TIMEOUT_MS, fetch });
}
