import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { Deps } from './deps.ts';

/** A mail that was put into the mailbox instead of being sent. */
export interface KeptMail {
  readonly key: string;
  readonly id: string;
  readonly sentAtMs: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly invitation: { readonly method: string; readonly file: string } | null;
}

const SHOWN = 200;

/** The newest mails first; null where mails are really sent. */
export async function readMailbox({ mailbox }: Deps): Promise<readonly KeptMail[] | null> {
  return mailbox === null ? null : mailbox.list(SHOWN);
}

/** One mail, and as it would have gone over the wire. */
export async function readKeptMail({ mailbox }: Deps, key: string): Promise<Outcome<{ mail: KeptMail; raw: string }>> {
  const found = (await mailbox?.get(key)) ?? null;
  return found === null ? refuse('not_found') : succeed(found);
}
