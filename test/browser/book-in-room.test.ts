import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withPage } from '../helpers/browser.ts';
import { axeFindings } from './axe-findings.ts';
import { firstFreeDate, fullerDay, schedulerOn, showMonthOf } from './scheduler-page.ts';
import { tabTo } from './tab-to.ts';
import { withDemoRoom } from './with-demo-room.ts';

const SIZES = [
  { name: '1280 px', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: '390 px', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** Without motion, so that nothing is looked at while it fades in. */
const READER = { locale: 'en-US', reducedMotion: 'reduce' } as const;

describe('a booking in the message room', () => {
  for (const { name, ...look } of SIZES) {
    it(
      `is made with the mouse at ${name}, is gone for the next visitor, and comes back when it is cancelled`,
      { timeout: 120_000 },
      async () => {
        await withDemoRoom(({ url }) =>
          withPage({ ...look, ...READER }, async (page, browser) => {
            await openRoom(page, url);
            expect(await axeFindings(page)).toEqual([]);

            await page.getByRole('button', { name: 'Schedule a call' }).click();
            const { times, terms, submit, done } = schedulerOn(page);
            const date = await firstFreeDate(page);
            expect(await axeFindings(page)).toEqual([]);
            const start = (await times.first().getAttribute('data-start')) ?? '';
            await times.first().click();
            await terms.waitFor();
            expect(await terms.isChecked(), 'the box is never ticked beforehand').toBe(false);
            expect(await axeFindings(page)).toEqual([]);
            await submit.click();
            await page.getByText('Tick the box to go on.').waitFor();
            expect(await axeFindings(page)).toEqual([]);
            await terms.check();
            await submit.click();
            await done.waitFor();
            expect(await axeFindings(page)).toEqual([]);
            await page.getByRole('button', { name: 'Close' }).click();
            const card = page.getByRole('article', { name: /Booked/ });
            await card.waitFor();

            const other = await (await browser.newContext({ ...look, ...READER })).newPage();
            await openRoom(other, url);
            expect(await isOffered(other, date, start), 'the time is gone for the next visitor').toBe(false);

            await card.getByRole('button', { name: 'Cancel' }).click();
            await page.getByLabel(/A word to explain/).fill('Something came up.');
            await page.getByRole('button', { name: 'Cancel the call' }).click();
            await page.getByRole('article', { name: /Cancelled/ }).waitFor();

            await openRoom(other, url);
            expect(await isOffered(other, date, start), 'the time is free again').toBe(true);
            await other.context().close();
          }),
        );
      },
    );
  }

  it('is made with the keyboard alone', async () => {
    await withDemoRoom(({ url }) =>
      withPage({ viewport: { width: 1280, height: 800 }, ...READER }, async (page) => {
        await openRoom(page, url);
        const press = (...keys: string[]) => keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
        await tabTo(page, (focus) => focus === 'Schedule a call');
        await press('Enter');
        await firstFreeDate(page);
        const { scheduler, heading, times, terms, done } = schedulerOn(page);
        // The later steps bring a button of their own, which Tab would meet.
        await scheduler.getByRole('button', { name: 'Mark my busy times' }).waitFor();

        await tabTo(page, (_text, tag) => tag === 'TD');
        const before = await scheduler.locator('td:focus').getAttribute('data-date');
        await press('ArrowRight', 'ArrowLeft', 'PageDown');
        await scheduler.locator('table[aria-busy=false]').waitFor();
        const moved = await scheduler.locator('td:focus').getAttribute('data-date');
        expect(moved?.slice(0, 7), 'Page Down goes one month on').not.toBe(before?.slice(0, 7));
        for (let step = 0; step < 14 && (await scheduler.locator('td.free:focus').count()) === 0; step += 1) await press('ArrowRight');
        await press('Enter');
        await scheduler.locator('#times-heading:focus').waitFor();
        expect(await heading.textContent()).toMatch(/\w+day, \w+ \d+/);
        expect(await times.count()).toBeGreaterThan(0);

        await press('Tab', 'Enter');
        await scheduler.locator('[data-focus=details]:focus').waitFor();
        await tabTo(page, (_text, _tag, id) => id === 'acknowledgement');
        await press('Space');
        expect(await terms.isChecked()).toBe(true);
        await tabTo(page, (focus) => focus === 'Book this time');
        await press('Enter');
        await done.waitFor();
        await scheduler.locator('[data-focus=done]:focus').waitFor();
        await press('Escape');
        await page.getByRole('article', { name: /Booked/ }).waitFor();
      }),
    );
  });

  it('is moved from its card, keeps its place in the thread and shows the new time to both sides', async () => {
    await withDemoRoom(({ url }) =>
      withPage({ viewport: { width: 1280, height: 800 }, ...READER }, async (page) => {
        await openRoom(page, url);
        await book(page);
        const card = page.getByRole('article', { name: /Booked/ });
        const first = await card.textContent();
        await card.getByRole('button', { name: 'Reschedule' }).click();
        const { times, submit, scheduler } = schedulerOn(page);
        await firstFreeDate(page);
        await times.last().click();
        await submit.click();
        await scheduler.getByText('Your meeting is moved').waitFor();
        await page.getByRole('button', { name: 'Close' }).click();
        await expect.poll(() => card.textContent()).not.toBe(first);
        await page.getByRole('link', { name: 'Maya freelancer' }).click();
        await page.getByText('books from your free times').waitFor();
        await page.getByRole('article', { name: /Booked/ }).waitFor();
        expect(await page.getByRole('article').count()).toBe(1);
      }),
    );
  });
});

async function openRoom(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.reload();
  await page.locator('parley-notice .notice').waitFor();
}

async function book(page: Page): Promise<void> {
  const { times, terms, submit, done } = schedulerOn(page);
  await page.getByRole('button', { name: 'Schedule a call' }).click();
  await fullerDay(page, await firstFreeDate(page));
  await times.first().click();
  await terms.check();
  await submit.click();
  await done.waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
}

/** A day whose only time is taken can no longer be chosen: late in a day that is what happens to the first free one. */
async function isOffered(page: Page, date: string, start: string): Promise<boolean> {
  const { time, day, scheduler } = schedulerOn(page);
  await page.getByRole('button', { name: 'Schedule a call' }).click();
  await scheduler.locator('table[aria-busy=false]').waitFor();
  await showMonthOf(page, date);
  if ((await day(date).getAttribute('aria-disabled')) === 'true') return false;
  await day(date).click();
  await scheduler.locator(`td[data-date="${date}"][aria-selected=true]`).waitFor();
  return (await time(start).count()) > 0;
}
