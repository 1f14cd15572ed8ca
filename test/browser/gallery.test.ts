import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../server/http/gallery/gallery-groups.ts';
import { axeFindings } from './axe-findings.ts';
import { withGallery } from './with-gallery.ts';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 280, height: 700 };
/** What sticks to the edge of a window covers nothing here. */
const TALL = { width: 280, height: 4000 };
/** States of the elements with the most words. */
const WORDY = [
  'meetings-host',
  'meetings-pick',
  'meetings-offer',
  'meetings-decline',
  'availability-changed',
  'availability-days',
  'availability-rules',
  'availability-messages',
  'availability-connect',
  'availability-consent',
];
const PLAIN = { colorScheme: 'light', forcedColors: 'none' } as const;

/** Each light and each width once: axe is asked everything three times a state. A browser at 200 % has half the pixels to lay out on. */
const LOOKS = [
  { name: 'light', media: PLAIN, size: WIDE },
  { name: 'dark at 280 px', media: { ...PLAIN, colorScheme: 'dark' }, size: NARROW },
  { name: 'forced colours at 200 %', media: { ...PLAIN, forcedColors: 'active' }, size: { width: 640, height: 450 } },
] as const;

describe('every state of the gallery is reached, without a finding of axe and nothing cut off, in light, dark, forced colours, at 280 px and 200 %', () => {
  for (const { title, states } of GALLERY) {
    it(title, { timeout: 600_000 }, async () => {
      await withGallery({}, async ({ page, show }) => {
        const findings: string[] = [];
        for (const { name } of states) {
          await page.setViewportSize(WIDE);
          await page.emulateMedia(PLAIN);
          await show(name);
          for (const look of LOOKS) {
            await page.emulateMedia(look.media);
            await page.setViewportSize(look.size);
            const found = [...(await axeFindings(page)), ...(await cutOff(page))];
            findings.push(...found.map((finding) => `${name}, ${look.name}: ${finding}`));
          }
        }
        expect(findings).toEqual([]);
      });
    });
  }

  it('right to left too, in Arabic', { timeout: 600_000 }, async () => {
    await withGallery({}, async ({ page, show }) => {
      const findings: string[] = [];
      for (const { name } of GALLERY.flatMap(({ states }) => states)) {
        await show(name, '&lang=ar');
        for (const size of WORDY.includes(name) ? [WIDE, TALL] : [TALL]) {
          await page.setViewportSize(size);
          const found = [...(await axeFindings(page)), ...(await cutOff(page))];
          findings.push(...found.map((finding) => `${name}, ${size.width} px: ${finding}`));
        }
      }
      expect(findings).toEqual([]);
    });
  });

  it('in every language nothing is cut off at 280 px, and nothing is left in English', { timeout: 600_000 }, async () => {
    await withGallery({ viewport: NARROW }, async ({ page, show }) => {
      const findings: string[] = [];
      for (const lang of ['es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ar', 'hi', 'ja']) {
        for (const name of WORDY) {
          await show(name, `&lang=${lang}`);
          const spoken = await page.locator('parley-meetings, parley-availability').locator('.root').first().getAttribute('lang');
          const found = [...(spoken === lang ? [] : [`speaks ${spoken}`]), ...(await cutOff(page))];
          findings.push(...found.map((finding) => `${lang}, ${name}: ${finding}`));
        }
      }
      expect(findings).toEqual([]);
    });
  });

  it('the overview names every state, and a name that nobody knows is not found', async () => {
    await withGallery({}, async ({ page, url }) => {
      await page.goto(`${url}/dev/widget`);
      const names = GALLERY.flatMap(({ states }) => states.map(({ name }) => name));
      expect(new Set(names).size, 'each name stands for one state').toBe(names.length);
      expect(await page.locator('.thumbs a').count()).toBe(names.length);
      expect((await page.goto(`${url}/dev/widget?state=nothing`))?.status()).toBe(404);
    });
  });
});

/** What reaches out of the page, or out of its card, where it could not be read. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const look = (root: ParentNode) => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot !== null) look(element.shadowRoot);
        const { left, right, width: own } = element.getBoundingClientRect();
        const isShown = own > 1 && element.checkVisibility() && element.closest('.hidden, header') === null;
        if (isShown && element.children.length === 0 && (left < -1 || right > width + 1))
          found.push(`${element.localName}.${element.className} reaches from ${Math.round(left)} to ${Math.round(right)} px`);
        if (isShown && element.localName === 'button' && element.scrollWidth > element.clientWidth + 1)
          found.push(`the text of ${element.localName}.${element.className} is cut off: ${element.textContent}`);
      }
    };
    look(document);
    return found;
  });
}
