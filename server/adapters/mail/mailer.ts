/** One person to write to or from. */
export interface MailPerson {
  readonly name: string;
  readonly address: string;
}

/** A message ready to go, to exactly one person. */
export interface MailMessage {
  /**
   * The same for every attempt at this message: it becomes the Message-ID, so a mail program that gets a message twice, because an
   * answer of the server was lost, can drop the second.
   */
  readonly id: string;
  readonly to: MailPerson;
  /** The tenant's name in From; the address is always the platform's own. `null` takes the platform's name. */
  readonly fromName: string | null;
  readonly replyTo: MailPerson | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A calendar file, sent as an alternative part (so that calendar programs act on it) and as an attachment. */
  readonly invitation: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly file: string } | null;
  /** An https address for List-Unsubscribe (RFC 2369), where one is due. */
  readonly unsubscribeUrl: string | null;
}

/**
 * `permanent: true` says this message will never get through (no such address, refused for its content); everything else, a wrong
 * password included, may work later. `detail` names no address and no text of the message.
 */
export type MailOutcome = { readonly ok: true } | { readonly ok: false; readonly permanent: boolean; readonly detail: string };

/** The way mail leaves the house. Sending never throws for anything a server or an address does. */
export interface Mailer {
  /**
   * `beforeHandover` is waited for when everything but the last line of the message has gone out: up to there nothing has been sent. Whoever lets
   * one message at a time pass, and marks it as sent before the next, sends at most one twice when the process is killed.
   */
  send(message: MailMessage, beforeHandover?: () => Promise<void>): Promise<MailOutcome>;
  /** Lets go of open connections; messages under way are given up. */
  close(): Promise<void>;
}
