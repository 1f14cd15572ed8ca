import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { unpackChromium } from './packaged-chromium.ts';

const OWN_CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium: the machine's own if there is one, else the one inside the npm package. `PARLEY_CHROMIUM=npm` takes the latter in any case. */
export async function launchChromium(): Promise<Browser> {
  if (existsSync(OWN_CHROMIUM) && process.env['PARLEY_CHROMIUM'] !== 'npm')
    return chromium.launch({ executablePath: OWN_CHROMIUM, headless: true, args: FLAGS });
  const { executablePath, env } = await unpackChromium();
  return chromium.launch({ executablePath, env, headless: true, args: [...FLAGS, '--no-zygote'] });
}

/** A fresh page in a fresh browser, closed afterwards whatever happens. Where the test fails, it is printed what the page showed last. */
export async function withPage<T>(options: BrowserContextOptions, use: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    try {
      return await use(page, browser);
    } catch (error) {
      await printShown(page);
      throw error;
    }
  } finally {
    await browser.close();
  }
}

/** What a reader of the page would have found, for somebody who has nothing but the log. */
async function printShown(page: Page): Promise<void> {
  const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String);
  console.error(`shown at ${page.url().split('#')[0]} when the test failed:\n${shown}`);
}
