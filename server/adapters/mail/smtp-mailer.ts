import { createTransport } from 'nodemailer';
import { Transform } from 'node:stream';
import { mailEnvelope, unfitMessage } from './mail-envelope.ts';
import type { Mailer, MailOutcome, MailPerson } from './mailer.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  readonly from: MailPerson;
  readonly maxConnections: number;
  /** How long each step may take: finding the host, connecting, the greeting, any later silence. */
  readonly stepTimeoutMs: number;
  /** How long one message may take altogether, waiting for a free connection included. */
  readonly messageTimeoutMs: number;
}

/** The settings that suit most servers; the address and the sender have to be given. */
export const SMTP_DEFAULTS = { maxConnections: 5, stepTimeoutMs: 10_000, messageTimeoutMs: 60_000 } as const;

/** Sends by SMTP (RFC 5321) over a pool of connections that are opened when needed and kept. */
export function createSmtpMailer(settings: SmtpSettings): Mailer {
  const transport = createTransport({
    url: settings.url,
    pool: true,
    maxConnections: settings.maxConnections,
    // Retrying is the queue's business: once is enough for a connection that was closed while it lay idle.
    maxRequeues: 1,
    dnsTimeout: settings.stepTimeoutMs,
    connectionTimeout: settings.stepTimeoutMs,
    greetingTimeout: settings.stepTimeoutMs,
    socketTimeout: settings.stepTimeoutMs * 3,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The server takes a message over at the dot that follows its last byte (RFC 5321, 4.1.1.4), so holding that byte back holds back everything.
  transport.use('stream', (mail, done) => {
    const { beforeHandover } = mail.data as { beforeHandover?: () => Promise<void> };
    if (beforeHandover !== undefined) mail.message.transform(() => holdEnd(beforeHandover));
    done();
  });
  return {
    async send(message, beforeHandover) {
      const refusal = unfitMessage(message);
      if (refusal !== null) return refusal;
      try {
        await transport.sendMail({
          ...mailEnvelope(message, settings.from),
          ...(beforeHandover && { beforeHandover }),
          signal: AbortSignal.timeout(settings.messageTimeoutMs),
        });
        return { ok: true };
      } catch (error) {
        return failure(error as SmtpError);
      }
    },
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}

function holdEnd(beforeEnd: () => Promise<void>): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, pass) => pass(null, chunk),
    flush: (pass) => void beforeEnd().then(() => pass(), pass),
  });
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * Permanent is a 5xx answer about this recipient or this text. A 5xx to the greeting or the login is about us and our settings: somebody
 * may mend them, so the message stays alive. So does one that met 5xx for a full mailbox (RFC 3463: x.2.2), which people empty.
 */
function failure(error: SmtpError): MailOutcome {
  const aboutThisMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const refused = error.responseCode !== undefined && error.responseCode >= 500;
  const mailboxFull = /\b5\.2\.2\b/.test(error.message);
  const step = error.command === undefined ? '' : ` at ${error.command}`;
  return {
    ok: false,
    permanent: aboutThisMessage && refused && !mailboxFull,
    detail: `smtp ${error.code ?? 'error'}${step}: ${withoutAddresses(error.message)}`,
  };
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s<>]+@[^\s<>]+/g, '[address]').slice(0, 300);
}
