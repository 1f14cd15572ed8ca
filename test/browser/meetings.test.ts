import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { firstFreeDate, outliveToken, schedulerOn } from './scheduler-page.ts';
import { type MeetingsPage, withMeetingsPage } from './with-meetings-page.ts';

const REQUESTS = { eventType: { confirmation: 'request', guestLimit: 2, durationsMinutes: [30, 60] } };
const TERMS = {
  key: 'terms',
  placements: ['messageRoom', 'booking'],
  stages: ['preContract'],
  acknowledgement: 'oncePerRoom',
  text: { en: 'Keep it in this room.' },
  label: { en: 'I have read it' },
};
const PHONE = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
const NARROW = { viewport: { width: 280, height: 700 } } as const;

describe('the meetings of a room', () => {
  it('says that there are none, and is confirmed, declined with a reason and noted by the host, who is told of a new request', async () => {
    await withMeetingsPage(PHONE, REQUESTS, async (room) => {
      const { page, meetings, enter, freeStarts, book, as } = room;
      const [first = '', second = ''] = await freeStarts(2);
      await enter('host');
      await meetings.getByText('No meetings yet.').waitFor();
      expect(await axeFindings(page)).toEqual([]);

      const heard = changesOn(room);
      const request = await book(first, { note: 'About the shop plans.' });
      await refresh(room);
      await meetings.getByRole('status').getByText('New request: Project intro').waitFor();
      expect(await heard()).toBeGreaterThan(0);
      await meetings.getByText('Cleo writes: About the shop plans.').waitFor();
      expect(await axeFindings(page)).toEqual([]);

      await meetings.getByRole('button', { name: /^Confirm with a message/ }).click();
      await focused(room, 'Confirm this meeting?');
      await meetings.getByLabel('Message to Cleo').fill('See you then.');
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByRole('button', { name: 'Confirm', exact: true }).click();
      await meetings.getByRole('status').getByText('Confirmed: Project intro').waitFor();
      await focused(room, 'Project intro');
      expect((await as('host', 'GET', `/v1/bookings/${request.id}`)).body.status).toBe('confirmed');

      await meetings.getByRole('button', { name: /^Private note/ }).click();
      await meetings.getByRole('textbox', { name: /^Private note/ }).fill('Likes mornings.');
      await meetings.getByRole('button', { name: 'Save note' }).click();
      await meetings.getByText('Private note: Likes mornings.').waitFor();

      const other = await book(second);
      await refresh(room);
      await meetings.getByRole('button', { name: /^Decline/ }).click();
      await meetings.getByLabel('A word to Cleo').fill('Write to me at ana@host.example');
      await meetings.getByRole('button', { name: 'Yes, decline it' }).click();
      await meetings.getByText('Contact details cannot be shared here yet.').waitFor();
      const field = meetings.getByLabel('A word to Cleo');
      expect(await field.inputValue(), 'what was typed stays').toBe('Write to me at ana@host.example');
      expect(await axeFindings(page)).toEqual([]);
      await field.fill('On a train that day.');
      await meetings.getByRole('button', { name: 'Yes, decline it' }).click();
      await meetings.getByText('Reason: On a train that day.').waitFor();
      expect((await as('host', 'GET', `/v1/bookings/${other.id}`)).body).toMatchObject({
        status: 'declined',
        reason: 'On a train that day.',
      });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });

  it('are offered by the host and picked by the invitee once the terms are ticked; or other times are asked for', async () => {
    await withMeetingsPage(NARROW, {}, async (room) => {
      const { page, meetings, enter, as, call, world } = room;
      await enter('host');
      await meetings.getByRole('button', { name: 'Offer times' }).click();
      await focused(room, 'Pick up to ten times');
      await meetings.locator('.toggle').first().waitFor();
      await meetings.getByRole('button', { name: /^Offer 0 times/ }).click();
      await meetings.getByText('Choose at least one time.').waitFor();
      for (const index of [0, 1, 2]) await meetings.locator('.toggle').nth(index).click();
      await meetings
        .getByRole('button', { name: /^Remove/ })
        .last()
        .click();
      await focused(room, '2 times chosen');
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByRole('button', { name: 'Offer 2 times' }).click();
      await focused(room, 'Your offer');
      expect(await axeFindings(page)).toEqual([]);

      await enter('invitee');
      await meetings.getByText('Ana offers these times.').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing sticks out at 280 px').toBeLessThanOrEqual(280);
      await meetings.getByRole('button', { name: 'Ask for other times' }).click();
      await meetings.getByLabel('A word to Ana').fill('Rather in the morning.');
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByRole('button', { name: 'Ask for other times' }).click();
      await meetings.getByText('No meetings yet.').waitFor();

      await enter('host');
      await meetings.getByText('asks for other times.').waitFor();
      await meetings.getByText('Rather in the morning.').waitFor();
      await meetings.getByRole('button', { name: 'Offer other times' }).click();
      await meetings.locator('.toggle').first().click();
      await meetings.getByRole('button', { name: 'Offer 1 time' }).click();
      await focused(room, 'Your offer');

      expect((await call('POST', '/v1/notices', { key: world.secretKey, body: TERMS })).status).toBe(201);
      await enter('invitee');
      await meetings.locator('.pick').click();
      await focused(room, 'Before this goes on');
      await meetings.getByRole('button', { name: 'Go on' }).click();
      await meetings.getByText('Tick the box to go on.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const told = page.evaluate(
        () =>
          new Promise<string>((resolve) =>
            document.addEventListener('parley:booked', (event) => resolve((event as CustomEvent).detail.status)),
          ),
      );
      await meetings.getByLabel('I have read it').check();
      await meetings.getByRole('button', { name: 'Go on' }).click();
      await focused(room, 'Project intro');
      expect(await told).toBe('confirmed');
      expect((await as('invitee', 'GET', '/v1/bookings')).body.data).toMatchObject([{ status: 'confirmed' }]);
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  it('are cancelled with the reason that is asked for, get and lose guests, and are moved in the room’s own picker', async () => {
    await withMeetingsPage({ colorScheme: 'dark' }, { eventType: { guestLimit: 2, reasonRequired: true } }, async (room) => {
      const { page, meetings, enter, freeStarts, book, as } = room;
      const [first = '', second = ''] = await freeStarts(2);
      const moved = await book(first);
      const { id } = await book(second);
      await enter('invitee');
      await meetings
        .getByRole('button', { name: /^Guests/ })
        .first()
        .click();
      await focused(room, 'Guests');
      await meetings.getByLabel('Email of a guest').fill('nobody');
      await meetings.getByRole('button', { name: 'Add guest' }).click();
      await meetings.getByText('Enter an email address like').waitFor();
      expect(await meetings.getByLabel('Email of a guest').inputValue()).toBe('nobody');
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByLabel('Email of a guest').fill('gil@guest.example');
      await meetings.getByRole('button', { name: 'Add guest' }).click();
      await meetings.getByRole('button', { name: /^Remove/ }).waitFor();
      expect((await as('invitee', 'GET', `/v1/bookings/${moved.id}`)).body.guests).toHaveLength(1);
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByRole('button', { name: /^Remove/ }).click();
      await meetings.getByText('Nobody else is coming.').waitFor();
      await meetings.getByRole('button', { name: 'Done' }).click();

      await meetings
        .getByRole('button', { name: /^Cancel/ })
        .last()
        .click();
      await focused(room, 'Cancel this meeting?');
      await meetings.getByLabel('A word to Ana').fill('Plans changed.');
      expect(await axeFindings(page)).toEqual([]);
      const cancelled = page.evaluate(
        () =>
          new Promise<string>((resolve) =>
            document.addEventListener('parley:cancelled', (event) => resolve((event as CustomEvent).detail.id)),
          ),
      );
      await meetings.getByRole('button', { name: 'Yes, cancel it' }).click();
      expect(await cancelled).toBe(id);
      await meetings.getByText('Reason: Plans changed.').waitFor();
      expect((await as('invitee', 'GET', `/v1/bookings/${id}`)).body.status).toBe('cancelled');
    });
    await withMeetingsPage({}, {}, async (room) => {
      const { page, meetings, enter, freeStarts, book, as, tokenOf } = room;
      const [first = ''] = await freeStarts(1);
      const { id, start } = await book(first);
      await enter('host');
      await meetings.getByRole('button', { name: /^Reschedule/ }).click();
      await firstFreeDate(page);
      const { times, submit, scheduler } = schedulerOn(page);
      await outliveToken(room, scheduler, async () => {
        await meetings.evaluate((element, token) => element.setAttribute('room-token', token), await tokenOf('host'));
      });
      for (let month = 0; month < 4; month += 1) await scheduler.getByRole('button', { name: 'Previous month' }).click();
      await firstFreeDate(page);
      await times.last().click();
      await submit.click();
      await scheduler.getByText('Your meeting is moved').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await meetings.getByRole('button', { name: 'Back to the meetings' }).click();
      await meetings.getByRole('heading', { name: 'Upcoming' }).waitFor();
      expect((await as('host', 'GET', `/v1/bookings/${id}`)).body.start).not.toBe(start);
    });
  });

  it('are confirmed and cancelled with the keyboard alone', async () => {
    await withMeetingsPage({}, REQUESTS, async (room) => {
      const { page, meetings, enter, freeStarts, book, as } = room;
      const [first = ''] = await freeStarts(1);
      const { id } = await book(first);
      await enter('host');
      await meetings.getByRole('heading', { name: 'Waiting for you' }).waitFor();
      await tabTo(room, 'Confirm');
      await page.keyboard.press('Enter');
      await focused(room, 'Project intro');
      await tabTo(room, 'Cancel');
      await page.keyboard.press('Enter');
      await focused(room, 'Cancel this meeting?');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ill today.');
      await tabTo(room, 'Keep it');
      await page.keyboard.press('Enter');
      await focused(room, 'Cancel');
      await page.keyboard.press('Enter');
      await tabTo(room, 'Yes, cancel it');
      await page.keyboard.press('Enter');
      await focused(room, 'Project intro');
      expect((await as('host', 'GET', `/v1/bookings/${id}`)).body.status).toBe('cancelled');
    });
  });

  it('stay in sight when the server cannot be reached or the token has expired, keep what is typed, and recover', async () => {
    await withMeetingsPage({}, {}, async (room) => {
      const { page, meetings, enter, freeStarts, book, tokenOf } = room;
      const [first = ''] = await freeStarts(1);
      await book(first);
      let broken: 'no' | 'html' | 'expired' = 'html';
      await page.route('**/v1/bookings**', async (route) => {
        if (broken === 'html') return route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' });
        if (broken === 'no') return route.continue();
        const body = JSON.stringify({ code: 'token_expired', status: 401, title: '', detail: '', type: '', requestId: '' });
        return route.fulfill({ status: 401, contentType: 'application/problem+json', body });
      });
      await enter('invitee');
      await meetings.getByText('The meetings cannot be reached right now.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      broken = 'no';
      await meetings.getByRole('button', { name: 'Try again' }).click();
      await meetings.getByRole('heading', { name: 'Upcoming' }).waitFor();

      await meetings.getByRole('button', { name: /^Cancel/ }).click();
      await meetings.getByLabel('A word to Ana').fill('Plans changed.');
      broken = 'html';
      await meetings.getByRole('button', { name: 'Yes, cancel it' }).click();
      await meetings.getByText('The meetings cannot be reached right now.').waitFor();
      expect(await meetings.getByLabel('A word to Ana').inputValue()).toBe('Plans changed.');
      expect(await axeFindings(page)).toEqual([]);

      broken = 'expired';
      const asked = page.evaluate(() => new Promise<void>((resolve) => document.addEventListener('parley:token-expired', () => resolve())));
      await refresh(room);
      await asked;
      await meetings.getByText('Your session in this room has ended.').waitFor();
      await meetings.getByText('Shown as it was at').waitFor();
      broken = 'no';
      await page.evaluate(
        (token) => document.querySelector('parley-meetings')?.setAttribute('room-token', token),
        await tokenOf('invitee'),
      );
      await meetings.getByText('Your session in this room has ended.').waitFor({ state: 'detached' });
      expect(await meetings.getByLabel('A word to Ana').inputValue(), 'typed before the token was renewed').toBe('Plans changed.');
      await meetings.getByRole('button', { name: 'Yes, cancel it' }).click();
      await meetings.getByText('Reason: Plans changed.').waitFor();
    });
  });

  it('without a token says what is missing, and in forced colours nothing is lost', async () => {
    await withMeetingsPage({ forcedColors: 'active' }, REQUESTS, async (room) => {
      const { page, meetings, open, enter, freeStarts, book } = room;
      await open('<h1>Room</h1><parley-meetings></parley-meetings>');
      await meetings.getByText('This list is not set up').waitFor();
      const [first = ''] = await freeStarts(1);
      await book(first);
      await enter('host');
      await meetings.getByRole('button', { name: /^Confirm:/ }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
});

/** Counts `parley:meetings-changed` from now on. */
function changesOn({ page }: MeetingsPage): () => Promise<number> {
  const begun = page.evaluate(() => {
    const counter = window as unknown as { changes: number };
    counter.changes = 0;
    document.addEventListener('parley:meetings-changed', () => (counter.changes += 1));
  });
  return async () => {
    await begun;
    return page.evaluate(() => (window as unknown as { changes: number }).changes);
  };
}

/** As the clock does every 20 seconds. */
async function refresh({ page }: MeetingsPage): Promise<void> {
  await page.evaluate(() => (document.querySelector('parley-meetings') as unknown as { refresh(): void }).refresh());
}

/** Waits until the keyboard is on the element with this text. */
async function focused(room: MeetingsPage, text: string): Promise<void> {
  await expect.poll(() => focusText(room)).toBe(text);
}

async function focusText({ page }: MeetingsPage): Promise<string> {
  return page.evaluate(() => {
    let focus = document.activeElement;
    while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
    return focus?.textContent?.trim() ?? '';
  });
}

async function tabTo(room: MeetingsPage, text: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    await room.page.keyboard.press('Tab');
    if ((await focusText(room)) === text) return;
  }
  throw new Error(`forty times Tab did not get to ${text}`);
}
