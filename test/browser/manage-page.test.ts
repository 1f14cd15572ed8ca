import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { firstFreeDate, fullerDay, schedulerOn } from './scheduler-page.ts';
import { tabTo } from './tab-to.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

describe('the page behind a mail link', () => {
  it('changes nothing by being opened, moves the meeting and cancels it with a reason', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      const { times, submit, scheduler } = schedulerOn(page);
      const { id, manageToken, start } = await book(host);
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

  it('moves and cancels with the keyboard alone, with the reasons that are asked for', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      await askForReasons(host);
      const { id, manageToken, start } = await book(host);
      const status = async () => (await host.call('GET', `/v1/bookings/${id}`, { key: manageToken })).body;
      const { keyboard } = page;
      const { scheduler, submit, times } = schedulerOn(page);
      await page.goto(`${url}/m#${manageToken}`);
      await page.getByRole('button', { name: 'Reschedule' }).waitFor();

      await tabTo(page, (text) => text === 'Reschedule');
      await keyboard.press('Enter');
      await firstFreeDate(page);
      await tabTo(page, (_text, tag) => tag === 'TD');
      await keyboard.press('Enter');
      await scheduler.locator('#times-heading:focus').waitFor();
      const count = await times.count();
      for (let step = 0; step < count; step += 1) await keyboard.press('Tab');
      await keyboard.press('Enter');
      await scheduler.locator('[data-focus=details]:focus').waitFor();

      await tabTo(page, (text) => text === 'Move to this time');
      await keyboard.press('Enter');
      await scheduler.locator('#reason:focus').waitFor();
      expect(await scheduler.locator('#reason').getAttribute('aria-invalid')).toBe('true');
      expect(await scheduler.locator('#reason-error').textContent()).toBe('Give a reason.');
      expect(await scheduler.locator('#reason').getAttribute('aria-describedby')).toBe('reason-error');
      expect(await axeFindings(page)).toEqual([]);
      expect((await status()).start, 'nothing moves without a reason').toBe(start);
      await keyboard.type('Call me on +1 415 555 2671');
      await tabTo(page, (text) => text === 'Move to this time');
      await keyboard.press('Enter');
      await scheduler.locator('#reason-error').getByText('Contact details cannot be shared here yet.').waitFor();
      await scheduler.locator('#reason:focus').waitFor();
      await keyboard.press('ControlOrMeta+A');
      await keyboard.type('On a train.');
      await tabTo(page, (text) => text === 'Move to this time');
      await keyboard.press('Enter');
      await scheduler.getByText('Your meeting is moved').waitFor();
      expect(await submit.count()).toBe(0);
      const moved = await status();
      expect(moved).toMatchObject({ rescheduleCount: 1, reason: 'On a train.' });
      expect(moved.start).not.toBe(start);

      await tabTo(page, (text) => text === 'Back to the meeting');
      await keyboard.press('Enter');
      await tabTo(page, (text) => text === 'Cancel meeting');
      await keyboard.press('Enter');
      await page.locator('parley-manage h3:focus').getByText('Cancel this meeting?').waitFor();
      await tabTo(page, (_text, tag) => tag === 'TEXTAREA');
      expect(await page.locator('parley-manage form').textContent(), 'a reason is asked for').not.toContain('optional');
      await keyboard.type('Plans changed.');
      await tabTo(page, (text) => text === 'Yes, cancel it');
      await keyboard.press('Enter');
      await page.getByText('Reason: Plans changed.').waitFor();
      expect(await status()).toMatchObject({ status: 'cancelled', reason: 'Plans changed.' });
    });
  });

  it('lets the host decide behind the link of a mail to the host', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      await asFreelancer(host, 'PATCH', `/v1/event-types/${host.eventTypeId}`, { confirmation: 'request' });
      const { id, manageToken } = await book(host);
      const { links } = await asFreelancer(host, 'GET', `/v1/bookings/${id}`);
      const [, token] = (links.manage as string).split('#');
      expect(token).not.toBe(manageToken);

      await page.goto(`${url}/m#${manageToken}`);
      await page.getByRole('button', { name: 'Cancel meeting' }).waitFor();
      expect(await page.getByRole('button', { name: 'Confirm' }).count(), 'the invitee cannot decide').toBe(0);

      await page.goto('about:blank');
      await page.goto(`${url}/m#${token}`);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.locator('parley-manage .status-confirmed').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect((await host.call('GET', `/v1/bookings/${id}`, { key: manageToken })).body.status).toBe('confirmed');
    });
  });

  it('keeps the address of a guest who was not added, and a form that was opened while one is being added', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      await asFreelancer(host, 'PATCH', `/v1/event-types/${host.eventTypeId}`, { guestLimit: 1 });
      const { id, manageToken } = await book(host);
      await page.goto(`${url}/m#${manageToken}`);
      const address = page.getByPlaceholder('Email of another guest');
      const add = page.getByRole('button', { name: 'Add', exact: true });
      await page.route('**/guests', (route) => route.abort(), { times: 1 });
      await address.fill('gil@guest.example');
      await add.click();
      await page.getByText('cannot be reached right now').first().waitFor();
      expect(await address.inputValue()).toBe('gil@guest.example');

      const letGo = await holdBack(page, '**/guests');
      const added = page.waitForResponse('**/guests');
      await add.click();
      await page.getByRole('button', { name: 'Cancel meeting' }).click();
      const question = page.getByRole('heading', { name: 'Cancel this meeting?' });
      await question.waitFor();
      letGo();
      await (await added).finished();
      await expect.poll(async () => (await host.call('GET', `/v1/bookings/${id}`, { key: manageToken })).body.guests.length).toBe(1);
      await question.waitFor();
    });
  });

  it('shows the meeting of another mail’s link that is opened where this one was', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      const { manageToken } = await book(host);
      await page.goto(`${url}/m#mt_none`);
      await page.getByText('This link is not valid any more.').waitFor();
      await page.goto(`${url}/m#${manageToken}`);
      await page.getByRole('button', { name: 'Reschedule' }).waitFor();
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

interface Booked {
  readonly id: string;
  readonly manageToken: string;
  readonly start: string;
}

/** Books a free time, as the room's client. */
async function book({ page, open, url, credentials, eventTypeId }: HostPage): Promise<Booked> {
  await open(`<parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
  const { times, terms, submit, done } = schedulerOn(page);
  await fullerDay(page, await firstFreeDate(page));
  await times.first().click();
  await terms.check();
  const booked = page.waitForResponse((response) => response.url() === `${url}/v1/bookings`);
  await submit.click();
  await done.waitFor();
  return (await (await booked).json()) as Booked;
}

/** As the freelancer whose time is booked. */
async function asFreelancer({ url, publishableKey, call }: HostPage, method: 'GET' | 'PATCH', path: string, body?: object) {
  const { rooms } = (await (await fetch(`${url}/demo/api/rooms`)).json()) as { rooms: { id: string }[] };
  const answer = await fetch(`${url}/demo/api/rooms/${rooms[0]?.id}/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ side: 'freelancer' }),
  });
  const { token: roomToken } = (await answer.json()) as { token: string };
  const answered = await call(method, path, { key: publishableKey, roomToken, ...(body !== undefined && { body }) });
  expect(answered.status).toBe(200);
  return answered.body;
}

async function askForReasons(host: HostPage): Promise<void> {
  await asFreelancer(host, 'PATCH', `/v1/event-types/${host.eventTypeId}`, { reasonRequired: true });
}
