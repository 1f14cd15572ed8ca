import type { MailMessage, Mailer, MailOutcome } from '../../../server/adapters/mail/mailer.ts';

export interface MailCatcher extends Mailer {
  readonly caught: MailMessage[];
  /** What the next mails meet, first one first; afterwards they arrive. */
  readonly answers: MailOutcome[];
}

/** A mailer that keeps what it is given. */
export function catchMails(): MailCatcher {
  const caught: MailMessage[] = [];
  const answers: MailOutcome[] = [];
  return {
    caught,
    answers,
    async send(message, beforeHandover) {
      const answer = answers.shift() ?? { ok: true };
      if (!answer.ok) return answer;
      await beforeHandover?.();
      caught.push(message);
      return answer;
    },
    close: async () => {},
  };
}
