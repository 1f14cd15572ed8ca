import type { SendMailOptions } from 'nodemailer';
import { isMailAddress } from './is-mail-address.ts';
import type { MailMessage, MailOutcome, MailPerson } from './mailer.ts';

/** The refusal of a message whose own fields are unfit to send, or `null`. Asking again would give the same, so it is permanent. */
export function unfitMessage(message: MailMessage): MailOutcome | null {
  if (!isMailAddress(message.to.address)) return { ok: false, permanent: true, detail: 'the recipient is not a mail address' };
  if (message.replyTo !== null && !isMailAddress(message.replyTo.address)) {
    return { ok: false, permanent: true, detail: 'the reply-to is not a mail address' };
  }
  return null;
}

/** A message as nodemailer takes it. Addresses are given as objects, never as text that would be parsed. */
export function mailEnvelope(message: MailMessage, from: MailPerson): SendMailOptions {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${message.id.replaceAll(/[^A-Za-z0-9._-]/g, '')}@${domain}>`,
    from: { name: headerText(message.fromName ?? from.name), address: from.address },
    to: { name: headerText(message.to.name), address: message.to.address },
    ...(message.replyTo !== null && { replyTo: { name: headerText(message.replyTo.name), address: message.replyTo.address } }),
    subject: headerText(message.subject),
    text: message.text,
    html: message.html,
    ...(message.invitation !== null && {
      icalEvent: { method: message.invitation.method, filename: 'invite.ics', content: message.invitation.file },
    }),
    headers: {
      // RFC 3834: holiday notices and other machines do not answer.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(isWebAddress(message.unsubscribeUrl) && { 'List-Unsubscribe': `<${message.unsubscribeUrl}>` }),
    },
    // Texts of strangers must never be read as the name of a file or address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function headerText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https:\/\/[^\s<>,]+$/.test(url);
}
