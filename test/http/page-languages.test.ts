import { describe, expect, test } from 'vitest';
import { readerLanguage } from '../../server/http/reader-language.ts';
import { withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';
import { callbackUrl, form, grantOf, withCalendars } from './calendars/with-calendars.ts';

const asks = (languages: string) => ({ 'accept-language': languages });

describe('the language of a reader', () => {
  test.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de-AT', 'ltr'],
    ['en;q=0.5, pt-BR;q=0.9', 'pt-BR', 'ltr'],
    ['ar', 'ar', 'rtl'],
    ['ko, th;q=0.9, fr;q=0.1', 'fr', 'ltr'],
    ['de;q=0, ja;q=0.2', 'ja', 'ltr'],
    ['en-GB', 'en-GB', 'ltr'],
    ['ko', 'it', 'ltr'],
    ['*', 'it', 'ltr'],
    ['de;q=much', 'it', 'ltr'],
    ['not a tag, <script>', 'it', 'ltr'],
    [',;q=,,', 'it', 'ltr'],
    [undefined, 'it', 'ltr'],
  ])('who accepts %j is answered in %s', (accepted, tag, direction) => {
    expect(readerLanguage(accepted, 'it')).toMatchObject({ tag, direction });
  });

  test('is English where nobody says another', () => {
    expect(readerLanguage('ko', 'ko').tag).toBe('en');
  });
});

describe('our own pages', () => {
  test('the page behind a mail link speaks the language of its reader, right to left where that is read so', async () => {
    await withApp(async ({ call }) => {
      const arabic = await call('GET', '/m', { key: null, headers: asks('ar-EG,ar;q=0.9') });
      expect(arabic.text).toContain('<html lang="ar-EG" dir="rtl">');
      expect(arabic.text).toContain('<title>موعدك</title>');
      expect(arabic.headers['vary']).toContain('accept-language');
      const english = await call('GET', '/m', { key: null });
      expect(english.text).toContain('<html lang="en" dir="ltr">');
      expect(english.text).toContain('<title>Your meeting</title>');
    });
  });

  test('the page a host shares speaks that of its visitor, the host’s own where the visitor’s is not ours, and says what the title is in', async () => {
    await withApp(async (given) => {
      const world = await makeWorld(given, { host: { locale: 'pl' }, eventType: { slug: 'intro', title: 'Rozmowa' } });
      const open = async (languages: string) =>
        (await given.call('GET', `/b/${world.tenantId}/${world.hostId}/intro`, { key: null, headers: asks(languages) })).text;
      expect(await open('de')).toContain('<html lang="de" dir="ltr">');
      expect(await open('de')).toContain('<h1 lang="pl" dir="auto">Rozmowa · Ana Host</h1>');
      expect(await open('ko')).toContain('<html lang="pl" dir="ltr">');
    });
  });
});

describe('the page that asks before a calendar is connected', () => {
  const german = asks('de-CH,de;q=0.9');

  test('asks, and tells how it ended, in the language of the browser', async () => {
    await withCalendars(async ({ call, world, google }) => {
      const authorize = async () => {
        const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/google/authorize`, { key: world.secretKey, body: {} });
        return google.oauth.consent(asked.body.url);
      };
      const page = await call('GET', callbackUrl('google', await authorize()), { key: null, headers: german });
      expect(page.text).toContain('<html lang="de-CH" dir="ltr">');
      expect(page.text).toContain('Diesen Kalender verbinden?');
      expect(page.text).not.toMatch(/Connect|Account|Kept are/);
      const answer = async (given: string) => {
        const { body, headers } = form({ grant: grantOf(page.text), answer: given });
        return call('POST', '/v1/oauth/google/callback', { key: null, body, headers: { ...headers, ...german } });
      };
      expect((await answer('connect')).text).toContain('\u2068host@example.com\u2069 ist verbunden.');
      expect((await answer('refuse')).text).toContain('Es wurde nichts gespeichert.');

      const refused = await call('GET', callbackUrl('google', { ...(await authorize()), error: 'access_denied' }), {
        key: null,
        headers: asks('ar'),
      });
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('<html lang="ar" dir="rtl">');
      expect(refused.text).toContain('لم يُمنح الإذن');
    });
  });

  test('says that a link was used already', async () => {
    await withCalendars(async ({ call, world, google }) => {
      const asked = await call('POST', `/v1/hosts/${world.hostId}/connections/google/authorize`, { key: world.secretKey, body: {} });
      const back = google.oauth.consent(asked.body.url);
      const used = callbackUrl('google', back);
      await call('GET', used, { key: null, headers: german });
      const again = await call('GET', used, { key: null, headers: german });
      expect([again.status, again.text.includes('Dieser Link wurde schon benutzt.')]).toEqual([403, true]);
    });
  });
});
