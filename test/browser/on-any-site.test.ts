import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../server/http/version.ts';
import { firstFreeDate, firstTime, schedulerOn } from './scheduler-page.ts';
import { STRICT_POLICY, withHostPage } from './with-host-page.ts';

describe('on any site', () => {
  it('works under a strict policy with Trusted Types, without one breach of it', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      const breaches: string[] = [];
      page.on('console', (message) => message.type() === 'error' && breaches.push(message.text()));
      page.on('pageerror', (error) => breaches.push(error.message));
      await open(
        `<parley-notice ${credentials}></parley-notice><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`,
        {
          headers: { 'Content-Security-Policy': STRICT_POLICY },
        },
      );
      const { times, terms, submit, done } = schedulerOn(page);
      await page.locator('parley-notice .notice').waitFor();
      await firstFreeDate(page);
      await page.getByRole('button', { name: /Change time zone/ }).click();
      await page.getByRole('combobox').waitFor();
      await page.keyboard.press('Escape');
      await times.first().click();
      await terms.check();
      await submit.click();
      await done.waitFor();
      expect(breaches).toEqual([]);
    });
  });

  it('keeps its looks on a page with hostile styles', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId, url }) => {
      await page.route(`${url}/hostile.css`, (route) =>
        route.fulfill({
          contentType: 'text/css',
          body: '* { all: unset !important } div, button { font: 40px serif !important; box-sizing: content-box !important }',
        }),
      );
      await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`, {
        head: '<link rel="stylesheet" href="/hostile.css">',
      });
      await firstFreeDate(page);
      const style = await page.locator('parley-scheduler [part=card]').evaluate((card) => {
        const { fontSize, display } = getComputedStyle(card);
        return { fontSize, display, width: card.getBoundingClientRect().width };
      });
      expect(style).toMatchObject({ fontSize: '15px', display: 'grid' });
      expect(style.width).toBeGreaterThan(500);
    });
  });

  it('loads from its unchanging address, held to its hash, with everything that follows; another hash keeps it out', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId, url }) => {
      const script = await (await fetch(`${url}/parley/${VERSION}/parley.js`)).text();
      const hash = `sha384-${createHash('sha384').update(script).digest('base64')}`;
      const element = `<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`;
      await page.route('**/parley.js', (route) => (route.request().url() === `${url}/parley.js` ? route.abort() : route.continue()));
      const tag = (integrity: string) =>
        `<script async src="/parley/${VERSION}/parley.js" integrity="${integrity}" crossorigin="anonymous"></script>`;
      await open(element, { head: tag(hash) });
      await firstFreeDate(page);
      await schedulerOn(page).times.first().click();
      await schedulerOn(page).terms.waitFor();

      const refused = page.waitForEvent('console', (message) => message.text().includes('integrity'));
      await open(element, { head: tag(hash.replace(/.{6}$/, 'AAAAAA')) });
      await refused;
      expect(await page.evaluate(() => 'Parley' in window)).toBe(false);
    });
  });

  it('works beside an old framework that adds to every array and object, and keeps its hands off `$`', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.addInitScript(() => {
        const old = (name: string) => () => `the old ${name}`;
        const add = (target: object, names: readonly string[]) => {
          for (const name of names) Object.assign(target, { [name]: old(name) });
        };
        add(Array.prototype, ['each', 'first', 'last', 'include', 'without', 'clear']);
        add(Object.prototype, ['extend', 'toQueryString', 'keysOf']);
        add(String.prototype, ['strip', 'camelize']);
        add(Element.prototype, ['observe', 'hide', 'show', 'update']);
        Object.assign(window, { $: 'of the site', jQuery: 'of the site', _: 'of the site' });
      });
      await open(
        `<parley-notice ${credentials}></parley-notice><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`,
      );
      await page.locator('parley-notice .notice').waitFor();
      await firstFreeDate(page);
      const { times, terms, submit, done } = schedulerOn(page);
      await times.first().click();
      await terms.check();
      await submit.click();
      await done.waitFor();
      expect(errors).toEqual([]);
      expect(await page.evaluate(() => (window as unknown as { $: string }).$)).toBe('of the site');
    });
  });

  it('takes one global name, also when it is pasted twice', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.addInitScript(() => Object.assign(window, { namesBefore: Object.getOwnPropertyNames(window) }));
      await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler><script src="/parley.js"></script>`);
      await firstFreeDate(page);
      const added = await page.evaluate(() => {
        const { namesBefore } = window as unknown as { namesBefore: string[] };
        return Object.getOwnPropertyNames(window).filter((name) => !namesBefore.includes(name) && name !== 'namesBefore');
      });
      expect(added).toEqual(['Parley']);
      expect(errors).toEqual([]);
      expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
    });
  });

  it('serves two widgets at once, keeps a choice when it is moved within the page, and begins anew when it comes back later', async () => {
    await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
      const one = `<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`;
      await open(`<section id="a">${one}</section><section id="b">${one}</section>`);
      const [first, second] = [page.locator('#a parley-scheduler'), page.locator('#b parley-scheduler')];
      await (await firstTime(first)).click();
      await first.locator('[part=details]').waitFor();
      await firstTime(second);
      await page.evaluate(() => document.querySelector('main')?.append(document.querySelector('#a parley-scheduler') as Element));
      await page.locator('main > parley-scheduler [part=details]').waitFor();
      await page.evaluate(async () => {
        const element = document.querySelector('main > parley-scheduler') as Element;
        element.remove();
        await new Promise((done) => setTimeout(done));
        document.querySelector('main')?.append(element);
      });
      await firstTime(page.locator('main > parley-scheduler'));
    });
  });

  it('takes a property that was set before the script arrived', async () => {
    await withHostPage({}, async ({ page, open, eventTypeId, publishableKey }) => {
      await page.addInitScript(() => {
        addEventListener('DOMContentLoaded', () => {
          const element = document.querySelector('parley-scheduler');
          if (element !== null && !customElements.get('parley-scheduler'))
            Object.assign(element, { prefill: { name: 'Asha Rao', note: 'Typed before' } });
        });
      });
      await page.route('**/parley.js', async (route) => {
        await page.waitForFunction(() => document.readyState !== 'loading');
        await route.continue();
      });
      await open(`<parley-scheduler publishable-key="${publishableKey}" event-type="${eventTypeId}"></parley-scheduler>`);
      await firstFreeDate(page);
      await schedulerOn(page).times.first().click();
      expect(await page.getByLabel('Name').inputValue()).toBe('Asha Rao');
    });
  });
});
