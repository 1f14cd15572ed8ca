import { describe, expect, it } from 'vitest';
import type { ParleyGlobal } from '../../widget/parley-global.ts';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { firstFreeDate, firstTime, outliveToken, schedulerOn } from './scheduler-page.ts';
import { STRICT_POLICY, withHostPage } from './with-host-page.ts';

describe('a scheduler in a window', () => {
  it('opens from its button, keeps the keyboard inside, gives it back, and lets the time go when it is shut', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      await open(
        `<h1>A site</h1><p>A link <a href="#before">Before</a> within a sentence.</p><parley-scheduler mode="button" label="Meet Maya" ${credentials} event-type="${eventTypeId}"></parley-scheduler>`,
        { headers: { 'Content-Security-Policy': STRICT_POLICY } },
      );
      const button = page.getByRole('button', { name: 'Meet Maya' });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Meet Maya' }).waitFor();
      const inner = page.locator('parley-scheduler parley-scheduler');
      await inner.locator('table[aria-busy=false]').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      for (let press = 0; press < 12; press += 1) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => ['PARLEY-SCHEDULER', 'BODY'].includes(document.activeElement?.tagName ?? ''))).toBe(true);
      }
      await inner.getByRole('button', { name: /Change time zone/ }).click();
      await page.getByRole('combobox').press('Escape');
      await page.getByRole('combobox').waitFor({ state: 'detached' });
      expect(await page.getByRole('dialog').count()).toBe(1);
      const { held, released } = { held: page.waitForResponse(/\/v1\/holds$/), released: page.waitForRequest(isRelease) };
      await (await firstTime(inner)).click();
      await held;
      await inner.locator('#note').waitFor();
      await page.keyboard.press('Escape');
      await released;
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)).toBe('Meet Maya');
    });
  });

  it('goes on with a renewed token and follows the language of the page, all that while open', async () => {
    await withHostPage({}, async ({ page, open, clock, token, credentials, eventTypeId }) => {
      await open(
        `<div lang="en"><parley-scheduler mode="button" label="Meet Maya" ${credentials} event-type="${eventTypeId}"></parley-scheduler></div>`,
      );
      await page.getByRole('button', { name: 'Meet Maya' }).click();
      const inner = page.locator('parley-scheduler parley-scheduler');
      await inner.locator('table[aria-busy=false]').waitFor();
      await outliveToken({ clock }, inner, async () => {
        const renewed = await token();
        await page.evaluate((value) => document.querySelector('parley-scheduler')?.setAttribute('room-token', value), renewed);
      });
      await inner.locator('table[aria-busy=false]').waitFor();
      await page.evaluate(() => document.querySelector('main div')?.setAttribute('lang', 'fr'));
      await inner.getByText('Heures affichées pour').waitFor();
    });
  });

  it('tells the page of a booking that was on its way when the window was shut', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      const letGo = await holdBack(page, '**/v1/bookings');
      await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}" mode="button" label="Meet Maya"></parley-scheduler>`);
      const booked = page.evaluate(
        () =>
          new Promise((resolve) => document.addEventListener('parley:booked', (event) => resolve((event as CustomEvent).detail.status))),
      );
      await page.getByRole('button', { name: 'Meet Maya' }).click();
      const inner = page.locator('parley-scheduler parley-scheduler');
      await (await firstTime(inner)).click();
      await inner.locator('#acknowledgement').check();
      const sent = page.waitForRequest('**/v1/bookings');
      await inner.locator('[part=submit]').click();
      await sent;
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      letGo();
      expect(await booked).toBe('confirmed');
      await inner.waitFor({ state: 'detached' });
    });
  });

  it('opens from a page’s own code, tells it what was booked, and leaves when it is shut', async () => {
    await withHostPage({}, async ({ page, open, publishableKey, eventTypeId, token }) => {
      await open('<h1>A site</h1>');
      await page.waitForFunction(() => 'Parley' in window);
      const attributes = { 'publishable-key': publishableKey, 'room-token': await token(), 'event-type': eventTypeId };
      const booked = page.evaluate(
        () =>
          new Promise((resolve) => document.addEventListener('parley:booked', (event) => resolve((event as CustomEvent).detail.status))),
      );
      await page.evaluate((given) => void (window as unknown as { Parley: ParleyGlobal }).Parley.open(given), attributes);
      const inner = page.locator('parley-scheduler parley-scheduler');
      await inner.locator('table[aria-busy=false]').waitFor();
      await (await firstTime(inner)).click();
      await inner.locator('#acknowledgement').check();
      await inner.locator('[part=submit]').click();
      expect(await booked).toBe('confirmed');
      await page.getByRole('button', { name: 'Close' }).click();
      await page.locator('parley-scheduler').first().waitFor({ state: 'detached' });
    });
  });
});

describe('after booking', () => {
  it.each([
    ['/thanks?x=1', '/thanks?x=1'],
    ['https://parley-demo.example/thanks', null],
    ['javascript:document.title=1', null],
  ])('the visitor goes to redirect-url=%s where that is the site’s own or one of the tenant’s', async (address, expected) => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId, url }) => {
      await page.route(`${url}/thanks**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Thanks</h1>' }));
      await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}" redirect-url="${address}"></parley-scheduler>`);
      const { times, terms, submit, done } = schedulerOn(page);
      await firstFreeDate(page);
      await times.first().click();
      await terms.check();
      const asked = address.startsWith('https:') ? page.waitForResponse('**/v1/redirects**') : null;
      await submit.click();
      if (expected !== null) return page.waitForURL(`${url}${expected}`);
      await done.waitFor();
      if (asked !== null) expect(await (await asked).json()).toEqual({ allowed: false });
      expect(new URL(page.url()).pathname).toBe('/site');
    });
  });
});

describe('a site that may paste nothing but a script', () => {
  it('says in data attributes what shall stand where', async () => {
    await withHostPage({}, async ({ page, open, publishableKey, eventTypeId, token }) => {
      const script = `<script async src="/parley.js" data-publishable-key="${publishableKey}" data-room-token="${await token()}"`;
      await open(
        `<h1>A site</h1><div id="here"></div>${script} data-event-type="${eventTypeId}" data-target="#here"></script>${script} data-element="notice"></script>`,
      );
      await page.locator('#here > parley-scheduler').waitFor({ state: 'attached' });
      await firstFreeDate(page);
      await page.locator('parley-notice .notice').waitFor();
      expect(await schedulerOn(page).scheduler.count()).toBe(1);
    });
  });

  it('gives a renewed token to all of them', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      await open(
        `<parley-notice ${credentials}></parley-notice><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`,
      );
      await firstFreeDate(page);
      await page.evaluate(() => (window as unknown as { Parley: ParleyGlobal }).Parley.renewTokens('new'));
      const tokens = await page
        .locator('[room-token]')
        .evaluateAll((elements) => elements.map((element) => element.getAttribute('room-token')));
      expect(tokens).toEqual(['new', 'new']);
    });
  });
});

function isRelease(request: { method: () => string; url: () => string }): boolean {
  return request.method() === 'DELETE' && request.url().includes('/v1/holds/');
}
