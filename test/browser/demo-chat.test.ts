import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withPage } from '../helpers/browser.ts';
import { axeFindings } from './axe-findings.ts';
import { withDemoRoom } from './with-demo-room.ts';

test('the chat of the demo keeps contact details back, plain or in pieces, says why, and lets everything else go', async () => {
  await withDemoRoom(({ url }) =>
    withPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US', reducedMotion: 'reduce' }, async (page) => {
      await page.goto(`${url}/demo/`);
      await page.locator('parley-notice .notice').waitFor();
      const hint = page.locator('#screened');

      await write(page, 'Call me at +1 415 555 0171, it is quicker.');
      await expect
        .poll(() => hint.textContent())
        .toBe('Not sent: this looks like a phone number. Please keep contact in this room until there is a contract.');
      expect(await page.getByLabel('Message', { exact: true }).inputValue(), 'the words stay, to be changed').toContain('quicker');
      expect(await axeFindings(page)).toEqual([]);

      await write(page, 'Thursday 26 November at 10:30 would be good, 45 minutes, 80 USD an hour.');
      await page.getByText('80 USD an hour').last().waitFor();
      expect(await hint.textContent()).toBe('');

      await write(page, 'my number is');
      await page.locator('.bubble', { hasText: 'my number is' }).waitFor();
      await write(page, '415 555');
      await page.locator('.bubble', { hasText: '415 555' }).waitFor();
      await write(page, '0171');
      await expect.poll(() => hint.textContent()).toContain('a phone number');
      const said = (await page.locator('.bubble').allTextContents()).join('\n');
      expect(said).not.toContain('quicker');
      expect(said).not.toContain('0171');
    }),
  );
});

async function write(page: Page, text: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/messages'));
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await answered;
}
