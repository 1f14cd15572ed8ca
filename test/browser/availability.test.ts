import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

interface Settings extends HostPage {
  readonly settings: ReturnType<typeof settingsOn>;
  /** What the server keeps. */
  readonly kept: () => Promise<{ schedule: Record<string, unknown>; eventType: Record<string, unknown> }>;
  /** Changes the schedule as somebody else would, with the marketplace's own key. */
  readonly changeElsewhere: (body: object) => Promise<void>;
}

/** The settings on a page, by what a person sees. */
function settingsOn(page: Page) {
  const element = page.locator('parley-availability');
  return {
    element,
    cell: (day: string, time: string) => {
      const [hour, minute] = time.split(':').map(Number) as [number, number];
      return element.locator(`[data-day=${day}][data-cell="${hour * 2 + minute / 30}"]`);
    },
    hours: (day: string) =>
      element.locator(`input[id^=hours-${day}-]`).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
    section: (name: string) => element.getByRole('navigation').getByRole('button', { name }).click(),
    save: element.locator('#save'),
    state: element.locator('.save-state'),
    effect: element.locator('.preview .effect'),
    errorOf: async (id: string) => {
      const described = await element.locator(`#${id}`).getAttribute('aria-describedby');
      const texts = await Promise.all((described ?? '').split(' ').map((each) => element.locator(`#${each || 'none'}`).allTextContents()));
      return texts.flat().join(' ');
    },
  };
}

/** The first freelancer of the demo (New York, weekdays 10 to 16) on a page of the own, beginning in `section`. */
async function withSettings(
  use: (settings: Settings) => Promise<void>,
  { section = 'week', lang, ...browser }: { section?: string; lang?: string } & Parameters<typeof withHostPage>[0] = {},
): Promise<void> {
  await withHostPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'America/New_York', ...browser }, async (host) => {
    const { url, publishableKey, open, page, call } = host;
    const { rooms } = (await (await fetch(`${url}/demo/api/rooms`)).json()) as { rooms: { id: string; freelancer: { hostId: string } }[] };
    const answer = await fetch(`${url}/demo/api/rooms/${rooms[0]?.id}/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ side: 'freelancer' }),
    });
    const { token: roomToken } = (await answer.json()) as { token: string };
    const who = { key: publishableKey, roomToken };
    const kept = async () => ({
      schedule: (await call('GET', '/v1/schedules', who)).body.data[0] as Record<string, unknown>,
      eventType: (await call('GET', '/v1/event-types', who)).body.data[0] as Record<string, unknown>,
    });
    const changeElsewhere = async (body: object) => {
      host.clock.setTime(Date.now());
      const { schedule } = await kept();
      const changed = await call('PATCH', `/v1/schedules/${String(schedule['id'])}`, { ...who, body });
      expect(changed.status).toBe(200);
    };
    await open(
      `<h1>Settings</h1><parley-availability publishable-key="${publishableKey}" room-token="${roomToken}" section="${section}"${lang === undefined ? '' : ` lang="${lang}"`}></parley-availability>`,
      { head: '<meta name="viewport" content="width=device-width">' },
    );
    const settings = settingsOn(page);
    await settings.element.locator('.preview-day.free').first().waitFor();
    await use({ ...host, settings, kept, changeElsewhere });
  });
}

describe('a host’s week', () => {
  it('is painted by mouse over several days, says what that would change, and is saved', async () => {
    await withSettings(async ({ page, settings, kept }) => {
      const told = page.evaluate(
        () => new Promise((resolve) => addEventListener('parley:availability-changed', (event) => resolve((event as CustomEvent).detail))),
      );
      await settings.cell('tuesday', '16:00').evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
      await settings.cell('tuesday', '16:00').hover();
      await page.mouse.down();
      await settings.cell('thursday', '16:30').hover();
      await page.mouse.up();
      expect(await settings.hours('wednesday')).toEqual(['10:00', '17:00']);
      expect(await settings.hours('friday')).toEqual(['10:00', '16:00']);
      await settings.effect.getByText(/^\d+ times more in the next 8 weeks$/).waitFor();
      expect(await settings.element.locator('.preview-time.gained').count()).toBeGreaterThan(0);
      expect((await kept()).schedule['weeklyHours'], 'nothing counts before it is saved').toHaveLength(1);

      await settings.save.click();
      await settings.state.getByText('Saved').waitFor();
      const { schedule } = await kept();
      expect(schedule['weeklyHours']).toEqual([
        { days: ['monday', 'friday'], start: '10:00', end: '16:00' },
        { days: ['tuesday', 'wednesday', 'thursday'], start: '10:00', end: '17:00' },
      ]);
      expect(await told).toMatchObject({ scheduleIds: [schedule['id']], eventTypeIds: [] });
    });
  });

  it('is painted by keyboard alone, also where no rows were shown, and says what it did', async () => {
    await withSettings(async ({ page, settings }) => {
      await settings.cell('monday', '09:00').focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowUp');
      expect(await settings.hours('monday')).toEqual(['08:30', '09:30', '10:00', '16:00']);
      await settings.element.getByRole('status').getByText('Monday: 8:30 AM – 9:30 AM, 10:00 AM – 4:00 PM').waitFor();
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      expect((await settings.hours('monday'))[0]).toBe('07:00');
      const focused = settings.cell('monday', '07:00');
      expect(await focused.evaluate((cell) => (cell.getRootNode() as ShadowRoot).activeElement === cell)).toBe(true);
      expect(await focused.getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      expect(await settings.hours('tuesday')).toEqual(['10:00', '16:00']);
    });
  });

  it('is typed to the minute, copied to other days, and wrong times are told at their field before anything is sent', async () => {
    await withSettings(async ({ settings, kept }) => {
      const { element } = settings;
      await element.getByLabel('Monday, start of block 1').fill('09:10');
      await element.getByLabel('Monday, end of block 1').fill('08:00');
      await settings.save.click();
      await element.getByRole('alert').getByText('One field needs your attention.').waitFor();
      expect(await settings.errorOf('hours-monday-0-end')).toContain('The end must be after the start.');
      expect(await element.locator('#hours-monday-0-end').getAttribute('aria-invalid')).toBe('true');
      expect((await kept()).schedule['weeklyHours']).toHaveLength(1);

      await element.getByLabel('Monday, end of block 1').fill('12:40');
      await element.getByRole('button', { name: 'Add hours on Monday' }).click();
      expect(await settings.hours('monday')).toEqual(['09:10', '12:40', '13:40', '15:40']);
      await element.getByRole('button', { name: 'Copy Monday to other days' }).click();
      await element.getByRole('checkbox', { name: 'Saturday' }).check();
      await element.getByRole('checkbox', { name: 'Sunday' }).check();
      await element.getByRole('button', { name: 'Copy', exact: true }).click();
      expect(await settings.hours('sunday')).toEqual(await settings.hours('monday'));
      await settings.save.click();
      await settings.state.getByText('Saved').waitFor();
      expect((await kept()).schedule['weeklyHours']).toEqual(
        expect.arrayContaining([{ days: ['monday', 'saturday', 'sunday'], start: '09:10', end: '12:40' }]),
      );
    });
  });

  it('is painted by a finger that rests, while one that moves scrolls the page', async () => {
    await withSettings(
      async ({ page, settings }) => {
        await settings.cell('tuesday', '12:00').evaluate((cell) => cell.scrollIntoView({ block: 'center' }));
        const touch = await page.context().newCDPSession(page);
        const at = async (time: string) => {
          const box = await settings.cell('tuesday', time).boundingBox();
          return [{ x: (box?.x ?? 0) + 8, y: (box?.y ?? 0) + 8 }];
        };
        const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
          touch.send('Input.dispatchTouchEvent', { type, touchPoints });
        const before = await page.evaluate(() => scrollY);

        await send('touchStart', await at('12:00'));
        await expect.poll(() => settings.hours('tuesday')).toEqual(['10:00', '12:00', '12:30', '16:00']);
        await send('touchMove', await at('12:30'));
        await send('touchMove', await at('13:00'));
        await send('touchEnd', []);
        expect(await settings.hours('tuesday')).toEqual(['10:00', '12:00', '13:30', '16:00']);
        expect(await page.evaluate(() => scrollY), 'painting holds the page still').toBe(before);

        const [from, ...rest] = [await at('15:00'), await at('14:00'), await at('13:00'), await at('12:00')];
        await send('touchStart', from ?? []);
        for (const point of rest) await send('touchMove', point);
        await send('touchEnd', []);
        await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
        expect(await settings.hours('tuesday')).toEqual(['10:00', '12:00', '13:30', '16:00']);
      },
      { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
    );
  });
});

describe('special days, rules and messages', () => {
  it('keeps days off chosen on the calendar, with a note that is the host’s own', async () => {
    await withSettings(
      async ({ page, settings, kept }) => {
        const { element } = settings;
        await element.getByRole('button', { name: 'Next month' }).first().click();
        await element.locator('[data-date$="-12"]').click();
        await element.locator('[data-date$="-14"]').click();
        await element.getByLabel('Private note').fill('Moving house');
        const month = (await element.locator('[data-date$="-12"]').getAttribute('data-date'))?.slice(0, 7);
        await element.getByRole('button', { name: 'Add these days' }).click();
        expect(await axeFindings(page)).toEqual([]);
        await settings.save.click();
        await settings.state.getByText('Saved').waitFor();
        expect((await kept()).schedule['dateOverrides']).toContainEqual({
          from: `${month}-12`,
          to: `${month}-14`,
          intervals: [],
          note: 'Moving house',
        });
        await element.getByRole('button', { name: /^Remove .*12 – .*14/ }).click();
        await settings.save.click();
        await settings.state.getByText('Saved').waitFor();
        expect((await kept()).schedule['dateOverrides']).toHaveLength(1);
      },
      { section: 'days' },
    );
  });

  it('keeps days that are begun while the last ones are being saved', async () => {
    await withSettings(
      async ({ page, settings }) => {
        const { element } = settings;
        await element.getByRole('button', { name: 'Next month' }).first().click();
        await element.locator('[data-date$="-12"]').click();
        await element.getByRole('button', { name: 'Add these days' }).click();
        const letGo = await holdBack(page, '**/v1/schedules/*');
        await settings.save.click();
        await element.locator('[data-date$="-20"]').click();
        await element.getByLabel('Private note').fill('Moving house');
        letGo();
        await settings.state.getByText('Saved').waitFor();
        expect(await element.getByLabel('Private note').inputValue()).toBe('Moving house');
      },
      { section: 'days' },
    );
  });

  it('tells before saving what a rule takes away, and keeps every rule', async () => {
    await withSettings(
      async ({ settings, kept }) => {
        const { element } = settings;
        await element.getByLabel('Book at least this long before', { exact: true }).fill('9');
        await element.getByLabel('Book at least this long before, Unit').selectOption('days');
        await settings.effect.getByText(/^\d+ times fewer in the next 8 weeks$/).waitFor();
        await element.getByLabel('Meetings a week').fill('4');
        await element.getByLabel('Meetings a day of every kind together').fill('2');
        await element.getByLabel('I confirm each request').check();
        await element.getByRole('checkbox', { name: '45 min' }).check();
        await element.getByLabel('Between two dates').check();
        await element.getByLabel('First day').fill('2026-12-01');
        await element.getByLabel('Last day').fill('2026-11-01');
        await settings.save.click();
        expect(await settings.errorOf('windowTo')).toBe('The last day must not be before the first.');
        await element.getByLabel('Last day').fill('2027-02-01');
        await settings.save.click();
        await settings.state.getByText('Saved').waitFor();
        expect((await kept()).eventType).toMatchObject({
          minimumNoticeMinutes: 12_960,
          maxPerWeek: 4,
          confirmation: 'request',
          durationsMinutes: [30, 60, 45],
          bookingWindow: { type: 'range', from: '2026-12-01', to: '2027-02-01' },
        });
      },
      { section: 'rules' },
    );
  });

  it('tells contact details in the own line at the field, keeps the words, and takes consent to SMS only by a tick', async () => {
    await withSettings(
      async ({ page, settings, kept }) => {
        const { element } = settings;
        const line = element.getByLabel('Your own line');
        await line.fill('Write to maya@fieldwork-mail.com before');
        await settings.save.click();
        await element.getByText('Contact details cannot be shared here yet.').waitFor();
        expect(await settings.errorOf('message')).toContain('Contact details cannot be shared here yet.');
        expect(await line.inputValue()).toContain('maya@');
        expect(await axeFindings(page)).toEqual([]);
        await line.fill('Bring a question.');
        await element.getByRole('button', { name: 'Add a reminder' }).click();
        await settings.save.click();
        await settings.state.getByText('Saved').waitFor();
        expect((await kept()).eventType).toMatchObject({ message: 'Bring a question.' });
        expect((await kept()).eventType['reminders']).toContainEqual({ minutesBefore: 60, channel: 'email', to: 'all' });

        const box = element.getByRole('checkbox', { name: /^I agree to receive text messages/ });
        expect(await box.isChecked()).toBe(false);
        await element.getByLabel('Your mobile number').fill('+1 415 555 2671');
        await element.getByRole('button', { name: 'Agree to text messages' }).click();
        expect(await settings.errorOf('sms-tick')).toBe('Tick the box to agree.');
        await box.check();
        const sent = page.waitForRequest((request) => request.url().endsWith('/v1/sms-consents'));
        await element.getByRole('button', { name: 'Agree to text messages' }).click();
        const { text, phone } = (await sent).postDataJSON() as { text: string; phone: string };
        expect([phone, text.startsWith('I agree to receive text messages')]).toEqual(['+14155552671', true]);
        await element.getByText('You agreed to text messages.').waitFor();
      },
      { section: 'messages' },
    );
  });
});

describe('when saving does not go well', () => {
  it('overwrites nothing that was changed elsewhere until the host says so', async () => {
    await withSettings(async ({ settings, kept, changeElsewhere }) => {
      const { element } = settings;
      await element.getByLabel('Monday, end of block 1').fill('15:00');
      await changeElsewhere({ travel: [{ from: '2027-01-10', to: '2027-01-12', timeZone: 'Europe/Berlin' }], timeZone: 'America/Chicago' });
      await settings.save.click();
      await element.getByText('These settings were changed elsewhere since you opened them.').waitFor();
      expect((await kept()).schedule['timeZone']).toBe('America/Chicago');
      expect(await settings.hours('monday')).toEqual(['10:00', '15:00']);
      await element.getByRole('button', { name: 'Save mine all the same' }).click();
      await settings.state.getByText('Saved').waitFor();
      expect((await kept()).schedule['timeZone']).toBe('America/New_York');

      await element.getByLabel('Monday, end of block 1').fill('14:00');
      await changeElsewhere({ timeZone: 'America/Denver' });
      await settings.save.click();
      await element.getByRole('button', { name: 'Load the newer ones' }).click();
      await element.getByText(/Denver/).waitFor();
      expect(await settings.hours('monday')).toEqual(['10:00', '15:00']);
    });
  });

  it('keeps what was changed through an outage and an expired token, and saves it afterwards', async () => {
    await withSettings(async ({ page, settings, kept }) => {
      const { element } = settings;
      await element.getByLabel('Monday, end of block 1').fill('15:00');
      await page.route('**/v1/schedules/*', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
      );
      await settings.save.click();
      await element.getByText('Not saved. What you changed is kept here.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.unroute('**/v1/schedules/*');
      const problem = { type: 'x', title: 'x', status: 401, detail: 'x', code: 'token_expired', requestId: 'x' };
      await page.route('**/v1/schedules/*', (route) =>
        route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
      );
      const expired = page.evaluate(() => new Promise<boolean>((resolve) => addEventListener('parley:token-expired', () => resolve(true))));
      await settings.save.click();
      expect(await expired).toBe(true);
      await page.unroute('**/v1/schedules/*');
      await element.evaluate((each) => each.setAttribute('room-token', each.getAttribute('room-token') ?? ''));
      expect(await settings.hours('monday')).toEqual(['10:00', '15:00']);
      await settings.save.click();
      await settings.state.getByText('Saved').waitFor();
      expect((await kept()).schedule['weeklyHours']).toContainEqual({ days: ['monday'], start: '10:00', end: '15:00' });
    });
  });

  it('shows a client nothing of it', async () => {
    await withHostPage({}, async ({ page, open, credentials }) => {
      await open(`<h1>Settings</h1><parley-availability ${credentials}></parley-availability>`);
      await page.getByText('Only the person whose time is booked can see these settings.').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
});

describe('everybody can use it', () => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'dark'],
    [280, 'light'],
  ] as const)(
    'axe finds nothing in any section at %s px, %s, and nothing is wider than the page',
    { timeout: 180_000 },
    async (width, colorScheme) => {
      await withSettings(
        async ({ page, settings }) => {
          for (const section of ['week', 'days', 'travel', 'rules', 'messages']) {
            await settings.element.evaluate((element, name) => element.setAttribute('section', name), section);
            if (section === 'week') await settings.element.locator('#copy-monday').click();
            if (section === 'days') await settings.element.locator('.special-day').first().click();
            if (section === 'travel') await settings.element.locator('#add-travel').click();
            expect(await axeFindings(page), section).toEqual([]);
            expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), section).toBeLessThanOrEqual(0);
          }
        },
        // Tall: what sticks to the edge of a window covers nothing here.
        { viewport: { width, height: 4000 }, colorScheme },
      );
    },
  );
});

it.each([
  [390, 900],
  [280, 700],
] as const)('Tab leads to no control that the bar at the bottom hides (%s x %s px)', { timeout: 120_000 }, async (width, height) => {
  await withSettings(
    async ({ page, settings }) => {
      // With a change to be saved, when the bar says the most.
      await settings.cell('monday', '08:00').click();
      await settings.state.getByText('Unsaved changes').waitFor();
      await settings.element.locator('.section-list button').first().focus();
      const hidden: string[] = [];
      for (let step = 0; step < 150; step += 1) {
        await page.keyboard.press('Tab');
        const covered = await page.evaluate(() => {
          const root = document.querySelector('parley-availability')?.shadowRoot;
          const focus = root?.activeElement;
          if (root == null || focus == null) return null;
          const bar = root.querySelector('.save-bar');
          if (bar?.contains(focus) === true) return '';
          const { top } = focus.getBoundingClientRect();
          return top > (bar?.getBoundingClientRect().top ?? Infinity) - 8 ? `${focus.id} ${focus.textContent}` : '';
        });
        if (covered === null) break;
        if (covered !== '') hidden.push(covered);
      }
      expect(hidden).toEqual([]);
    },
    { viewport: { width, height } },
  );
});

describe('in Arabic', () => {
  it('the week runs from right to left, arrow keys follow it, the number is said in its plural, and what changed is kept', async () => {
    await withSettings(
      async ({ page, settings, kept }) => {
        const { element, cell, state, save } = settings;
        expect(await element.locator('.root').getAttribute('dir')).toBe('rtl');
        expect(await element.locator('.settings-head h2').innerText()).toBe('أوقات توفّرك');
        const [monday, tuesday] = [await cell('monday', '10:00').boundingBox(), await cell('tuesday', '10:00').boundingBox()];
        expect(tuesday?.x).toBeLessThan(monday?.x ?? 0);

        await cell('monday', '16:00').evaluate((each) => each.scrollIntoView({ block: 'center' }));
        await cell('monday', '16:00').click();
        await page.keyboard.press('Shift+ArrowLeft');
        await element.locator('#week-cursor[data-day=tuesday]').waitFor();
        await state.getByText('تغييرات غير محفوظة').waitFor();
        expect(await settings.hours('tuesday')).toEqual(['10:00', '16:30']);
        await element
          .locator('.save-state .effect')
          .filter({ hasText: /إضافي.* خلال 8 أسابيع قادمة/ })
          .waitFor();
        expect(await axeFindings(page)).toEqual([]);

        await save.click();
        await state.getByText('تم الحفظ').waitFor();
        expect(JSON.stringify((await kept()).schedule['weeklyHours'])).toContain('16:30');
      },
      { lang: 'ar' },
    );
  });
});
