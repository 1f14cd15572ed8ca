import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import { mailEnvelope, unfitMessage } from './mail-envelope.ts';
import type { Mailer, MailMessage, MailPerson } from './mailer.ts';

export interface StoredMail extends MailMessage {
  /** Name of its files in the folder, newest last when sorted. */
  readonly key: string;
  readonly sentAtMs: number;
  readonly from: MailPerson;
}

/** What the mailbox page reads. */
export interface Mailbox {
  /** The newest messages first, at most `limit`. */
  list(limit: number): Promise<StoredMail[]>;
  /** One message with the text it would have had on the wire; `null` for a key that is none. */
  get(key: string): Promise<{ readonly mail: StoredMail; readonly raw: string } | null>;
}

export interface FolderSettings {
  /** Made when missing. */
  readonly folder: string;
  readonly from: MailPerson;
  readonly clock: Clock;
}

/**
 * Puts every message into a folder instead of sending it: `KEY.eml` as it would have gone out, `KEY.json` for the mailbox page. For
 * trying things out. A message sent twice lies there twice, as it would have arrived.
 */
export function createFolderMailer({ folder, from, clock }: FolderSettings): Mailer & Mailbox {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  let count = 0;
  return {
    async send(message, beforeHandover) {
      const refusal = unfitMessage(message);
      if (refusal !== null) return refusal;
      const sentAtMs = clock.nowMs();
      count += 1;
      const key = `${String(sentAtMs).padStart(15, '0')}-${String(count).padStart(6, '0')}-${safeName(message.id)}`;
      const { message: raw } = await writer.sendMail({ ...mailEnvelope(message, from), date: new Date(sentAtMs) });
      const stored: StoredMail = { ...message, key, sentAtMs, from: { name: message.fromName ?? from.name, address: from.address } };
      await beforeHandover?.();
      await mkdir(folder, { recursive: true });
      await writeWhole(join(folder, `${key}.eml`), raw as Buffer);
      await writeWhole(join(folder, `${key}.json`), JSON.stringify(stored));
      return { ok: true };
    },
    close: () => Promise.resolve(),
    async list(limit) {
      const keys = await listKeys(folder);
      return Promise.all(
        keys
          .toReversed()
          .slice(0, limit)
          .map((key) => readStored(folder, key)),
      );
    },
    async get(key) {
      if (!(await listKeys(folder)).includes(key)) return null;
      return { mail: await readStored(folder, key), raw: await readFile(join(folder, `${key}.eml`), 'utf8') };
    },
  };
}

/** A reader sees a file whole or not at all. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.part`, content, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

async function listKeys(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readStored(folder: string, key: string): Promise<StoredMail> {
  return JSON.parse(await readFile(join(folder, `${key}.json`), 'utf8')) as StoredMail;
}

function safeName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 80);
}
