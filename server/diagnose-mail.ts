import { checkSmtp, type SmtpTrouble } from './adapters/mail/check-smtp.ts';
import { SMTP_DEFAULTS } from './adapters/mail/smtp-mailer.ts';
import { type Config, isLoopback } from './config.ts';
import type { Finding } from './diagnose.ts';

/** Whether mail would go out, tried with the mail server itself; nothing is sent. Passwords are not repeated. */
export async function diagnoseMail({
  smtpUrl,
  mailFrom,
  publicUrl,
}: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>): Promise<Finding[]> {
  if (smtpUrl === null) {
    const isLocal = isLoopback(publicUrl);
    const text = isLocal
      ? 'mail goes to the mailbox folder (no SMTP_URL)'
      : 'SMTP_URL is not set: nobody gets mail; it only lands in DATA_DIR';
    return [{ good: isLocal, text }];
  }
  if (mailFrom.endsWith('@localhost'))
    return [{ good: false, text: 'MAIL_FROM is not set: mails from localhost are refused by most servers' }];
  const trouble = await checkSmtp({ url: smtpUrl, from: { name: 'Parley', address: mailFrom }, ...SMTP_DEFAULTS });
  const server = new URL(smtpUrl).host;
  return [
    {
      good: trouble === null,
      text: trouble === null ? `the mail server at ${server} takes mail from ${mailFrom}` : inWords(trouble, server, mailFrom),
    },
  ];
}

function inWords({ about, detail }: NonNullable<SmtpTrouble>, server: string, mailFrom: string): string {
  switch (about) {
    case 'login':
      return `the mail server at ${server} refuses the user and password in SMTP_URL (signs such as @ and : are written %40 and %3A there): ${detail}`;
    case 'sender':
      return `the mail server at ${server} takes no mail from ${mailFrom}; set MAIL_FROM to an address it may send for: ${detail}`;
    case 'security':
      return `no safe connection to the mail server at ${server}; smtps:// is for TLS from the first byte (port 465), smtp:// for the others (587, 25): ${detail}`;
    case 'server':
      return `the mail server at ${server} of SMTP_URL cannot be reached: ${detail}`;
    default:
      return about satisfies never;
  }
}
