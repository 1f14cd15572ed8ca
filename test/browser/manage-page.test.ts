import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { firstFreeDate, schedulerOn } from './scheduler-page.ts';
import { withHostPage } from './with-host-page.ts';

describe('the page behind a mail link', () => {
  it('changes nothing by being opened, moves the meeting and cancels it with a reason', async () => {
    await withHostPage({}, async (host) => {
      const { page, open, url, credentials, eventTypeId } = host;
      await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
      const { times, terms, submit, done, scheduler } = schedulerOn(page);
      await firstFreeDate(page);
      await times.first().click();
      await terms.check();
      const booked = page.waitForResponse((response) => response.url() === `${url}/v1/bookings`);
      await submit.click();
      await done.waitFor();
      const { id, manageToken, start } = (await (await booked).json()) as { id: string; manageToken: string; start: string };
      const status = async () => (await host.call('GET', `/v1/bookings/${id}`, { key: manageToken })).body;

      await page.goto(`${url}/m#${manageToken}`);
      await page.getByRole('button', { name: 'Reschedule' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await status()).toMatchObject({ status: 'confirmed', sequence: 0 });

      await page.getByRole('button', { name: 'Reschedule' }).click();
      await firstFreeDate(page);
      await times.last().click();
      await submit.click();
      await scheduler.getByText('Your meeting is moved').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const moved = await status();
      expect(moved.rescheduleCount).toBe(1);
      expect(moved.start).not.toBe(start);

      await page.getByRole('button', { name: 'Back to the meeting' }).click();
      await page.getByRole('button', { name: 'Cancel meeting' }).click();
      await page.getByRole('heading', { name: 'Cancel this meeting?' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('textbox').fill('Plans changed.');
      await page.getByRole('button', { name: 'Yes, cancel it' }).click();
      await page.getByText('Reason: Plans changed.').waitFor();
      expect(await status()).toMatchObject({ status: 'cancelled', reason: 'Plans changed.' });
      expect(await page.getByRole('button', { name: 'Reschedule' }).count()).toBe(0);
    });
  });

  it('says so when the link is not valid', async () => {
    await withHostPage({}, async ({ page, url }) => {
      await page.goto(`${url}/m#mt_none`);
      await page.getByText('This link is not valid any more.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
});
