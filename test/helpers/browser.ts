import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { launchChromium } from './launch-chromium.ts';

/** One for all tests of a file; each has a context of its own in it, which shares nothing with another's. */
let running: Promise<Browser> | null = null;

afterAll(async () => (await running?.catch(() => null))?.close());

/** Started by the first test that asks, and again when it has died. */
async function chromiumOfFile(): Promise<Browser> {
  running = running === null ? launchChromium() : running.then((one) => (one.isConnected() ? one : launchChromium()), launchChromium);
  return running;
}

/** A fresh page in a fresh context, closed afterwards whatever happens. Where the test fails, it is printed what the page showed last. */
export async function withPage<T>(options: BrowserContextOptions, use: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromiumOfFile();
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    try {
      return await use(page, browser);
    } catch (error) {
      await printShown(page);
      throw error;
    }
  } finally {
    await context.close();
  }
}

/** What a reader of the page would have found, for somebody who has nothing but the log. */
async function printShown(page: Page): Promise<void> {
  const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String);
  console.error(`shown at ${page.url().split('#')[0]} when the test failed:\n${shown}`);
}
