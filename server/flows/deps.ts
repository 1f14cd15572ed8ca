import type { AnswerCache } from '../adapters/answer-cache.ts';
import type { CalendarProvider, ProviderName } from '../adapters/calendars/contract.ts';
import type { Clock } from '../adapters/clock.ts';
import type { Vault } from '../adapters/crypto.ts';
import type { Db, Trx } from '../adapters/db/schema.ts';
import type { Ids } from '../adapters/ids.ts';
import type { Mailbox } from '../adapters/mail/folder-mailer.ts';
import type { Mailer } from '../adapters/mail/mailer.ts';
import type { Queue } from '../adapters/queue/queue.ts';
import type { InboundReaders } from '../adapters/sms/inbound-reader.ts';
import type { SmsSender } from '../adapters/sms/sms-sender.ts';
import type { WebhookSender } from '../adapters/webhooks/webhook-sender.ts';

/** Keeps the answer of a creating request for its retries, in the transaction of the change. */
export type Remember = (trx: Trx, status: number, answer: unknown) => Promise<void>;

/** The outside world, passed to every flow. */
export interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly cache: AnswerCache;
  readonly queue: Queue;
  readonly mailer: Mailer;
  /** Where mails lie that are not really sent; null when they are. */
  readonly mailbox: Mailbox | null;
  /** Null: no provider is set. */
  readonly sms: SmsSender | null;
  readonly inboundSms: InboundReaders;
  readonly webhooks: WebhookSender;
  /** Those this server can connect to; Google and Microsoft only where the operator has registered it there. */
  readonly calendars: ReadonlyMap<ProviderName, CalendarProvider>;
  /** From 0 up to 1, so that what failed together does not come back together. */
  readonly luck: () => number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** The platform's own address: From of mails and ORGANIZER of files. */
  readonly mailFrom: string;
  readonly remember: Remember;
}
