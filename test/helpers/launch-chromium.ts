import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
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
