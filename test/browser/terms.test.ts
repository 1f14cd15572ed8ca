import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { withHostPage } from './with-host-page.ts';

describe('the notice', () => {
  it('reports once that it was in view, and only when it was', async () => {
    await withHostPage({}, async ({ page, open, credentials }) => {
      const reports: string[] = [];
      page.on(
        'request',
        (request) => request.url().endsWith('/v1/impressions') && request.method() === 'POST' && reports.push(request.postData() ?? ''),
      );
      await page.route('**/tall.css', (route) => route.fulfill({ contentType: 'text/css', body: '.gap { height: 2000px }' }));
      await open(`<div class="gap"></div><parley-notice ${credentials}></parley-notice>`, {
        head: '<link rel="stylesheet" href="/tall.css">',
      });
      await page.locator('parley-notice .notice').waitFor({ state: 'attached' });
      expect(reports).toEqual([]);
      const answered = page.waitForResponse((response) => response.url().endsWith('/v1/impressions') && response.status() === 201);
      await page.locator('parley-notice').scrollIntoViewIfNeeded();
      await answered;
      await page.evaluate(() => scrollTo(0, 0));
      await page.locator('parley-notice').scrollIntoViewIfNeeded();
      expect(reports).toHaveLength(1);
    });
  });

  it('survives 280 px and shows what is allowed when the call does not work', async () => {
    await withHostPage({ viewport: { width: 280, height: 600 } }, async ({ page, open, credentials }) => {
      await open(`<h1>Room</h1><parley-notice ${credentials}></parley-notice>`);
      await page.locator('parley-notice summary').click();
      await page.locator('parley-notice details[open] p').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(280);
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  it('stays in sight and readable with forced colours, doubled letters and a word that never ends, and nothing shuts it', async () => {
    await withHostPage(
      { viewport: { width: 280, height: 900 }, forcedColors: 'active', colorScheme: 'dark' },
      async ({ page, open, credentials }) => {
        await page.route('**/v1/notices/current*', async (route) => {
          const answer = await route.fetch();
          const body = await answer.json();
          for (const notice of body.data) notice.text = `${'Donaudampfschifffahrt'.repeat(12)} and then ${'words '.repeat(200)}`;
          await route.fulfill({ response: answer, json: body });
        });
        await open(`<style>html { font-size: 200% }</style><h1>Room</h1><parley-notice ${credentials}></parley-notice>`);
        await page.locator('parley-notice summary').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(280);
        const names = await page.locator('parley-notice button, parley-notice summary, parley-notice [role=button]').allInnerTexts();
        for (const name of names) expect(name).not.toMatch(/close|dismiss|hide|×|✕/i);
        await page.keyboard.press('Escape');
        expect(await page.locator('parley-notice').getByText('Donaudampfschifffahrt').first().isVisible()).toBe(true);
        // Colours alone would be gone here: something drawn has to set the notice apart.
        const edges = await page.evaluate(
          () =>
            [...(document.querySelector('parley-notice')?.shadowRoot?.querySelectorAll('*') ?? [])].filter((element) => {
              const style = getComputedStyle(element);
              return ['Top', 'Left', 'Bottom', 'Right'].some(
                (side) => Number.parseFloat(style[`border${side}Width` as 'borderTopWidth']) > 0,
              );
            }).length,
        );
        expect(edges).toBeGreaterThan(0);
      },
    );
  });
});

describe('the acknowledgement in a site’s own form', () => {
  it('keeps the form back until it is ticked, says why, and sends the id of the record', async () => {
    await withHostPage({}, async ({ page, open, credentials, url }) => {
      await page.route('**/jobs?*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Posted</title>' }));
      await open(
        `<h1>Post a job</h1><form action="/jobs"><parley-acknowledge name="terms" placement="messageRoom" ${credentials}></parley-acknowledge><button>Post</button></form>`,
      );
      const box = page.locator('parley-acknowledge input');
      await box.waitFor();
      await page.getByRole('button', { name: 'Post' }).click();
      const error = page.locator('parley-acknowledge [role=alert]');
      await error.waitFor();
      expect(await error.textContent()).toBe('Tick the box to go on.');
      expect(await box.getAttribute('aria-invalid')).toBe('true');
      expect(new URL(page.url()).pathname).toBe('/site');
      expect(await axeFindings(page)).toEqual([]);

      const recorded = page.waitForResponse((response) => response.url() === `${url}/v1/acknowledgements`);
      await box.check();
      const { id } = (await (await recorded).json()) as { id: string };
      await expect
        .poll(() => page.locator('parley-acknowledge').evaluate((element) => (element as HTMLInputElement).checkValidity()))
        .toBe(true);
      await page.getByRole('button', { name: 'Post' }).click();
      await page.waitForURL('**/jobs?*');
      expect(new URL(page.url()).searchParams.get('terms')).toBe(id);
    });
  });

  it('keeps the form back after a reset while the terms cannot be loaded, and what was ticked when the token is renewed', async () => {
    await withHostPage({}, async ({ page, open, credentials, token }) => {
      let isBroken = true;
      await page.route('**/v1/notices/current?*', (route) => (isBroken ? route.abort() : route.continue()));
      await open(`<form><parley-acknowledge name="terms" placement="messageRoom" ${credentials}></parley-acknowledge></form>`);
      const element = page.locator('parley-acknowledge');
      const isValid = () => page.evaluate(() => document.querySelector('form')?.checkValidity());
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await page.evaluate(() => document.querySelector('form')?.reset());
      expect(await isValid()).toBe(false);
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await element.locator('input').check();
      await expect.poll(isValid).toBe(true);
      await element.evaluate((one, renewed) => one.setAttribute('room-token', renewed), await token());
      expect(await isValid()).toBe(true);
      expect(await element.locator('input').isChecked()).toBe(true);
      await page.evaluate(() => document.querySelector('form')?.reset());
      expect(await isValid()).toBe(false);
    });
  });

  it('lets the form go where no notice binds', async () => {
    await withHostPage({}, async ({ page, open, credentials }) => {
      await open(`<form><parley-acknowledge name="terms" placement="nowhere" ${credentials}></parley-acknowledge></form>`);
      await expect
        .poll(() =>
          page.evaluate(() => customElements.get('parley-acknowledge') !== undefined && document.querySelector('form')?.checkValidity()),
        )
        .toBe(true);
    });
  });
});
