import { expect, it } from 'vitest';
import { withPage } from '../helpers/browser.ts';
import { axeFindings } from './axe-findings.ts';
import { withDemoRoom } from './with-demo-room.ts';

const PHONE = { viewport: { width: 280, height: 700 } } as const;

it('the room’s elements speak the language chosen by keyboard, what is open included, and the address keeps it', async () => {
  await withDemoRoom(async ({ url }) => {
    await withPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${url}/demo/`);
      const meetings = page.locator('parley-meetings');
      await meetings.getByText('No meetings yet.').waitFor();
      await page.getByLabel('Language of the scheduling').focus();
      // Typing picks by name, as in every list of choices.
      await page.keyboard.type('Deu');
      await meetings.getByText('Noch keine Termine.').waitFor();
      expect(new URL(page.url()).searchParams.get('lang')).toBe('de');
      expect(await page.locator('html').getAttribute('lang'), 'the marketplace itself stays English').toBe('en');
      expect(await axeFindings(page)).toEqual([]);

      await page.reload();
      await meetings.getByText('Noch keine Termine.').waitFor();
      await page.locator('#schedule').click();
      await page.locator('parley-scheduler').getByText('Zeiten angezeigt für').waitFor();
    });
  });
});

it('fits a narrow phone, and a language that nobody speaks is English', async () => {
  await withDemoRoom(async ({ url }) => {
    await withPage({ locale: 'en-US', ...PHONE }, async (page) => {
      await page.goto(`${url}/demo/?lang=xx`);
      await page.locator('parley-notice [part=notice]').waitFor();
      expect(await page.locator('#language').inputValue()).toBe('en');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
      const box = await page.locator('#language').boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    });
  });
});
