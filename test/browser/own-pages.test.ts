import { describe, expect, it } from 'vitest';
import { CONSENT_STYLE, consentFailedPage, consentPage } from '../../server/http/consent-pages.ts';
import { readerLanguage } from '../../server/http/reader-language.ts';
import { withPage } from '../helpers/browser.ts';
import { makeWorld } from '../helpers/world.ts';
import { axeFindings } from './axe-findings.ts';
import { withHostPage } from './with-host-page.ts';

describe('our own pages speak the language of the browser', () => {
  it('the page behind a mail link, right to left in Arabic', async () => {
    await withHostPage({ locale: 'ar-EG' }, async ({ page, url }) => {
      await page.goto(`${url}/m#nothing`);
      await page.getByText('لم يعد هذا الرابط صالحًا.').waitFor();
      expect(await page.locator('parley-manage .root').getAttribute('dir')).toBe('rtl');
      expect(await page.title()).toBe('موعدك');
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  it('the page a host shares, in words and dates, with the title in the host’s own', async () => {
    await withHostPage({ locale: 'de-DE' }, async (host) => {
      const { page, url } = host;
      const { tenantId, hostId } = await makeWorld(host, {
        tenant: { allowedOrigins: [url] },
        host: { locale: 'pl' },
        eventType: { slug: 'intro', title: 'Rozmowa', minimumNoticeMinutes: 0 },
      });
      await page.goto(`${url}/b/${tenantId}/${hostId}/intro`);
      await page.locator('parley-scheduler').getByText('Zeiten angezeigt für').waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('de-DE');
      expect(await page.locator('h1').getAttribute('lang')).toBe('pl');
      expect(await axeFindings(page)).toEqual([]);
    });
  });
});

describe('the page that asks before a calendar is connected', () => {
  const FACTS = {
    provider: 'google',
    account: 'somebody.with.a.rather.long.name@mail.example.com',
    hostName: 'Mira Kapoor',
    tenantName: 'Fieldwork',
    writes: true,
    grant: 'sealed',
  } as const;
  const FAILED = { ok: false, reason: 'calendar_unavailable', trouble: 'unreachable', detail: 'timed out' } as const;

  it('has no finding of axe and fits, in light, dark and forced colours, at 280 px, in Arabic and German', async () => {
    await withPage({ viewport: { width: 280, height: 700 } }, async (page) => {
      const findings: string[] = [];
      for (const tag of ['ar', 'de']) {
        const language = readerLanguage(tag, 'en');
        for (const html of [consentPage(FACTS, language), consentFailedPage(FAILED, 'google', language)]) {
          await page.setContent(html.replace(/<link rel="stylesheet"[^>]+>/, `<style>${CONSENT_STYLE}</style>`));
          for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
            await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
            // Forced colours are painted a moment after they are asked for.
            await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
            findings.push(...(await axeFindings(page)).map((finding) => `${tag}: ${finding}`));
          }
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          if (width > 280) findings.push(`${tag}: the page is ${width} px wide`);
        }
      }
      expect(findings).toEqual([]);
    });
  });
});
