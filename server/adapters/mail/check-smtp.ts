import { createTransport } from 'nodemailer';
import { Readable } from 'node:stream';
import type { SmtpSettings } from './smtp-mailer.ts';

/** `null`: mails would go out. Else what the server said, and which of our settings it is about. */
export type SmtpTrouble = { readonly about: 'server' | 'security' | 'login' | 'sender'; readonly detail: string } | null;

const GIVEN_UP = 'given up before anything was sent';

/** Asks the mail server whether it would take a mail of ours, and goes before the mail is handed over: nothing is sent. */
export async function checkSmtp({ url, from, stepTimeoutMs }: SmtpSettings): Promise<SmtpTrouble> {
  const transport = createTransport({
    url,
    dnsTimeout: stepTimeoutMs,
    connectionTimeout: stepTimeoutMs,
    greetingTimeout: stepTimeoutMs,
    socketTimeout: stepTimeoutMs,
  });
  // The text is read once the server has taken sender and recipient; it takes the message over at the dot after the last byte, which never comes.
  transport.use('stream', (mail, done) => {
    mail.message.createReadStream = () =>
      new Readable({
        read() {
          this.destroy(new Error(GIVEN_UP));
        },
      });
    done();
  });
  try {
    await transport.verify();
    await transport.sendMail({ from, to: from, subject: 'check', text: 'check' });
    return null;
  } catch (error) {
    return troubleOf(error as SmtpError);
  } finally {
    transport.close();
  }
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

function troubleOf(error: SmtpError): SmtpTrouble {
  // What a server thinks of the platform's own mailbox is no matter: mails go to others.
  if (error.message.includes(GIVEN_UP) || error.command === 'RCPT TO') return null;
  const detail = error.message
    .trim()
    .replace(/^.*SSL routines:\w*:([^:]+):.*$/s, '$1')
    .slice(0, 300);
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH' || error.responseCode === 530) return { about: 'login', detail };
  if (error.code === 'EENVELOPE') return { about: 'sender', detail };
  if (error.code === 'ETLS' || /wrong version number|packet length|certificate|self.signed/i.test(detail))
    return { about: 'security', detail };
  return { about: 'server', detail };
}
