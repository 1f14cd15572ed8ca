import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderMailer } from '../../../server/adapters/mail/folder-mailer.ts';
import type { Mailer, MailMessage } from '../../../server/adapters/mail/mailer.ts';
import { createSmtpMailer, SMTP_DEFAULTS } from '../../../server/adapters/mail/smtp-mailer.ts';
import { readMail } from './read-mail.ts';
import { withSmtpServer } from './with-smtp-server.ts';

const FROM = { name: 'Parley', address: 'meetings@parley.example' };
const NOW = Date.UTC(2026, 9, 22, 15);
const FILE = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Zoë, مكالمة\r\nEND:VCALENDAR\r\n';

const message: MailMessage = {
  id: 'msg_01hzx8',
  to: { name: 'Zoë "Z", Ångström', address: 'zoe@client.example' },
  fromName: 'Märkt, Ltd.',
  replyTo: null,
  subject: 'Bestätigt: Gespräch, はじめての打ち合わせ',
  text: 'Ihr Termin ist bestätigt.\n\n.\nA line with a single dot stands above.\n',
  html: '<!doctype html>\n<p dir="rtl">مكالمة &amp; more</p>\n',
  invitation: { method: 'REQUEST', file: FILE },
  unsubscribeUrl: 'https://parley.example/u/1',
};

type With = (callback: (mailer: Mailer, arrived: () => Promise<string[]>) => Promise<void>) => Promise<void>;

const withSmtp: With = (callback) =>
  withSmtpServer({}, async (server) => {
    const mailer = createSmtpMailer({ ...SMTP_DEFAULTS, url: server.url, from: FROM });
    try {
      await callback(mailer, () => Promise.resolve(server.received.map((mail) => mail.raw)));
    } finally {
      await mailer.close();
    }
  });

const withFolder: With = async (callback) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-mail-'));
  const mailer = createFolderMailer({ folder: join(folder, 'mail'), from: FROM, clock: { nowMs: () => NOW } });
  const arrived = async (): Promise<string[]> => {
    const mails = await mailer.list(100);
    return Promise.all(mails.map(async ({ key }) => (await mailer.get(key))?.raw ?? ''));
  };
  try {
    await callback(mailer, arrived);
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe.each([
  ['SMTP', withSmtp],
  ['a folder', withFolder],
])('mail by %s', (_name, withMailer) => {
  it('arrives with every part as it was, whatever its script', async () => {
    await withMailer(async (mailer, arrived) => {
      expect(await mailer.send(message)).toEqual({ ok: true });
      const [raw = ''] = await arrived();
      const { headers, parts } = readMail(raw);
      expect(headers.get('message-id')).toBe('<msg_01hzx8@parley.example>');
      expect(headers.get('from')).toMatch(/^"?Märkt, Ltd\."? <meetings@parley\.example>$/);
      expect(headers.get('to')).toContain('<zoe@client.example>');
      expect(headers.get('subject')).toBe(message.subject);
      expect(headers.get('auto-submitted')).toBe('auto-generated');
      expect(headers.get('list-unsubscribe')).toBe('<https://parley.example/u/1>');
      const byType = (type: string): string | undefined => parts.find((part) => part.type.startsWith(type))?.text;
      expect(byType('text/plain')?.trimEnd().replaceAll('\r\n', '\n')).toBe(message.text.trimEnd());
      expect(byType('text/html')?.trimEnd().replaceAll('\r\n', '\n')).toBe(message.html.trimEnd());
      expect(byType('text/calendar')).toBe(FILE);
      expect(byType('application/ics')).toBe(FILE);
      expect(parts.find((part) => part.type.startsWith('text/calendar'))?.type).toMatch(/method=REQUEST/);
      expect(parts.map((part) => part.type.split(';')[0])).toEqual(['text/plain', 'text/html', 'text/calendar', 'application/ics']);
    });
  });

  it('has no calendar part where there is no invitation', async () => {
    await withMailer(async (mailer, arrived) => {
      await mailer.send({ ...message, invitation: null, unsubscribeUrl: null, fromName: null });
      const { headers, parts } = readMail((await arrived())[0] ?? '');
      expect(parts).toHaveLength(2);
      expect(headers.has('list-unsubscribe')).toBe(false);
      expect(headers.get('from')).toBe('Parley <meetings@parley.example>');
    });
  });

  it.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    'group: a@b.example;',
    'Ana <a@b.example>',
    '"a b"@b.example',
    'a@[127.0.0.1]',
    'a@b.example\u0000',
    'a..b@c.example',
    'a@b_c.example',
    'a@',
    '@b.example',
    '',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(250)}.example`,
  ])('refuses %j for good, because it is not one plain address', async (address) => {
    await withMailer(async (mailer, arrived) => {
      const outcome = await mailer.send({ ...message, to: { name: 'A', address } });
      expect(outcome).toMatchObject({ ok: false, permanent: true });
      expect(await mailer.send({ ...message, replyTo: { name: 'A', address } })).toMatchObject({ ok: false, permanent: true });
      expect(await arrived()).toEqual([]);
    });
  });

  it('lets no name or subject add a header', async () => {
    await withMailer(async (mailer, arrived) => {
      const evil = 'x\r\nBcc: c@d.example\r\n\r\nbody';
      await mailer.send({ ...message, to: { ...message.to, name: evil }, fromName: evil, subject: evil, id: 'a\r\nX: 1' });
      const { headers } = readMail((await arrived())[0] ?? '');
      expect(headers.has('bcc')).toBe(false);
      expect(headers.has('x')).toBe(false);
      expect(headers.get('subject')).toBe('x Bcc: c@d.example body');
    });
  });

  it('reads no file and fetches no address that a text names', async () => {
    await withMailer(async (mailer, arrived) => {
      await mailer.send({ ...message, text: '/etc/hostname', html: '{ "path": "/etc/hostname" }' });
      const { parts } = readMail((await arrived())[0] ?? '');
      expect(parts[0]?.text.trim()).toBe('/etc/hostname');
    });
  });
});

describe('the mailbox folder', () => {
  it('lists the newest first, and knows only its own keys', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-mail-'));
    try {
      let nowMs = NOW;
      const mailer = createFolderMailer({ folder, from: FROM, clock: { nowMs: () => nowMs } });
      expect(await mailer.list(10)).toEqual([]);
      for (const id of ['msg_1', 'msg_2', 'msg_2', 'msg_3']) {
        await mailer.send({ ...message, id });
        nowMs += 1;
      }
      expect((await mailer.list(10)).map((mail) => mail.id)).toEqual(['msg_3', 'msg_2', 'msg_2', 'msg_1']);
      expect(await mailer.list(2)).toHaveLength(2);
      const [newest] = await mailer.list(1);
      expect((await mailer.get(newest?.key ?? ''))?.mail).toMatchObject({ subject: message.subject, sentAtMs: NOW + 3, to: message.to });
      for (const key of ['../secret', '', '..', `${newest?.key ?? ''}.json`]) expect(await mailer.get(key)).toBeNull();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
