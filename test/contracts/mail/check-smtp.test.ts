import { describe, expect, it } from 'vitest';
import { diagnoseMail } from '../../../server/diagnose-mail.ts';
import { withSmtpServer } from './with-smtp-server.ts';

const settings = { mailFrom: 'meetings@parley.example', publicUrl: 'https://meet.example' };
const no = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
const LOCKED = { authOptional: false, allowInsecureAuth: true } as const;

describe('what the doctor says about mail', () => {
  it('is that all is well where the server would take a mail, and sends none', async () => {
    await withSmtpServer({}, async ({ url, received }) => {
      expect(await diagnoseMail({ ...settings, smtpUrl: url })).toMatchObject([
        { good: true, text: expect.stringContaining('takes mail from') },
      ]);
      expect(received).toEqual([]);
    });
  });

  it('is the same where the server does not know our own mailbox, since mails go to others', async () => {
    await withSmtpServer({ onRcptTo: (_to, _session, done) => done(no(550, 'no such user')) }, async ({ url }) => {
      expect(await diagnoseMail({ ...settings, smtpUrl: url })).toMatchObject([{ good: true }]);
    });
  });

  it('names the setting that is wrong: MAIL_FROM, the password, the kind of connection, the server', async () => {
    const said = async (smtpUrl: string) => {
      const [finding] = await diagnoseMail({ ...settings, smtpUrl });
      expect(finding?.good).toBe(false);
      return finding?.text;
    };
    await withSmtpServer({ onMailFrom: (_from, _session, done) => done(no(550, 'not your domain')) }, async ({ url }) => {
      expect(await said(url)).toMatch(/set MAIL_FROM.*not your domain/);
    });
    await withSmtpServer({ ...LOCKED, onAuth: (_login, _session, done) => done(no(535, 'bad password')) }, async ({ url }) => {
      const text = await said(url.replace('//', '//me:hunter2@'));
      expect(text).toMatch(/user and password in SMTP_URL.*bad password/);
      expect(text).not.toContain('hunter2');
      expect(await said(url)).toMatch(/user and password in SMTP_URL/);
      expect(await said(url.replace('smtp:', 'smtps:'))).toMatch(/smtps:\/\/ is for TLS.*wrong version number$/);
    });
    expect(await said('smtp://127.0.0.1:1')).toMatch(/of SMTP_URL cannot be reached/);
  });

  it('is that nobody gets mail where a public address has no server', async () => {
    expect(await diagnoseMail({ ...settings, smtpUrl: null })).toMatchObject([
      { good: false, text: expect.stringContaining('nobody gets mail') },
    ]);
    expect(await diagnoseMail({ ...settings, smtpUrl: null, publicUrl: 'http://127.0.0.1:3000' })).toMatchObject([{ good: true }]);
  });
});
