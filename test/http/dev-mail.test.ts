import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolderMailer } from '../../server/adapters/mail/folder-mailer.ts';
import { listSamples } from '../../server/domain/messages/samples.ts';
import { createPostman } from '../../server/flows/postman.ts';
import { MESSAGE_LANGUAGES } from '../../shared/i18n/message-language.ts';
import { withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';

describe('the preview', () => {
  test('shows every message to every reader in every language, as a page, as HTML in both schemes and as text', async () => {
    await withApp(async ({ call }) => {
      const list = await call('GET', '/dev/mail/preview', { key: null });
      const samples = listSamples().flatMap((sample) => Object.keys(MESSAGE_LANGUAGES).map((language) => ({ ...sample, language })));
      expect(samples.length).toBeGreaterThan(300);
      for (const { kind, party, language } of samples) {
        const url = `/dev/mail/preview/${kind}/${party}/${language}`;
        expect(list.text).toContain(`href="${url}"`);
        const [page, html, text] = await Promise.all(['', '/html', '/text'].map((tail) => call('GET', `${url}${tail}`, { key: null })));
        expect([page?.status, html?.status, text?.status], url).toEqual([200, 200, 200]);
        expect(html?.text).toContain(`lang="${language}"`);
        expect(page?.text.match(/<iframe /g)).toHaveLength(4);
      }
      const dark = await call('GET', '/dev/mail/preview/confirmed/invitee/en/html?scheme=dark', { key: null });
      expect(dark.text).toContain('@media all');
      expect(dark.text).not.toContain('prefers-color-scheme:dark');
      for (const tail of ['nothing/invitee/en', 'confirmed/nobody/en', 'confirmed/invitee/xx', 'guestAdded/host/en'])
        expect((await call('GET', `/dev/mail/preview/${tail}`, { key: null })).status, tail).toBe(404);
    });
  });
});

describe('the mailbox', () => {
  test('lists what was sent, shows each mail with its invitation, and lets no text of a stranger into the page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-mailbox-'));
    const mailbox = createFolderMailer({
      folder,
      from: { name: 'Parley', address: 'parley@localhost' },
      clock: { nowMs: () => Date.now() },
    });
    await withApp(
      async (given) => {
        const { call } = given;
        expect((await call('GET', '/dev/mail', { key: null })).text).toContain('No mail has been sent yet.');
        const world = await makeWorld(given, { eventType: { reminders: [] } });
        const invitee = { name: '<img src=x onerror=alert(1)>', email: 'vi@visitor.example' };
        const body = { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', invitee };
        expect((await call('POST', '/v1/bookings', { key: world.secretKey, body })).status).toBe(201);
        await createPostman(given.deps, (error) => {
          throw error;
        }).drain();
        const list = await call('GET', '/dev/mail', { key: null });
        const keys = [...list.text.matchAll(/href="\/dev\/mail\/([^"/]+)"/g)].map(([, key]) => key).filter((key) => key !== 'preview');
        expect(keys).toHaveLength(2);
        for (const key of keys) {
          const [page, html, ics] = await Promise.all(
            ['', '/html', '/ics'].map((tail) => call('GET', `/dev/mail/${key}${tail}`, { key: null })),
          );
          expect([page?.status, html?.status, ics?.status]).toEqual([200, 200, 200]);
          expect(ics?.headers['content-type']).toBe('text/calendar; charset=utf-8; method=REQUEST');
          for (const shown of [list, page, html]) expect(shown?.text).not.toContain('<img src=x');
        }
        expect((await call('GET', '/dev/mail/..%2f..%2fsecret-key', { key: null })).status).toBe(404);
      },
      {},
      { mailer: mailbox, mailbox },
    );
    await rm(folder, { recursive: true });
  });

  test('is for the admin key alone where the server is not on a laptop', async () => {
    await withApp(
      async ({ call }) => {
        for (const url of ['/dev/mail', '/dev/mail/preview', '/dev/mail/some-key', '/dev/mail/preview/confirmed/invitee/en/html'])
          expect((await call('GET', url, { key: null })).status, url).toBe(401);
        expect((await call('GET', '/dev/mail/preview')).status).toBe(200);
      },
      { guardDevPages: true },
    );
  });
});
