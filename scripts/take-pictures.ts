import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * Takes the pictures of docs/embedding.md from the gallery of a running server: `node scripts/take-pictures.ts [http://127.0.0.1:3000]`. They are
 * for people to compare by eye: another Chromium draws letters a little differently, so no test compares them.
 */
const STEPS = ['times', 'details', 'terms', 'done', 'manage-cancel', 'meetings-pick', 'availability-week'];
const WIDTHS = [280, 390, 1280];
/** In light, in dark, and from right to left. */
const LOOKS = [
  { look: 'light', colorScheme: 'light', language: 'en' },
  { look: 'dark', colorScheme: 'dark', language: 'en' },
  { look: 'rtl', colorScheme: 'light', language: 'ar' },
] as const;

const url = process.argv[2] ?? 'http://127.0.0.1:3000';
const folder = fileURLToPath(new URL('../docs/pictures/widget', import.meta.url));
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const width of WIDTHS) {
    for (const { look, colorScheme, language } of LOOKS) {
      const context = await browser.newContext({
        viewport: { width, height: 600 },
        colorScheme,
        locale: language === 'ar' ? 'ar-EG' : 'en-US',
        timezoneId: 'America/New_York',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      for (const step of STEPS) {
        await page.goto(`${url}/dev/widget?state=${step}&bare=1&lang=${language}`);
        await page.locator('html[data-reached=yes]').waitFor({ state: 'attached' });
        // What sticks to the edge of the window is to stand at the end of the page.
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: `${folder}/${step}-${width}-${look}.png` });
        await page.setViewportSize({ width, height: 600 });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
}
