import { describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { firstFreeDate, firstTime, leafToUnread, outliveToken, schedulerOn } from './scheduler-page.ts';
import { ALWAYS_FREE, makeWorld } from '../helpers/world.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

const scheduler = ({ credentials, eventTypeId }: Pick<HostPage, 'credentials' | 'eventTypeId'>, attributes = '') =>
  `<h1>Book</h1><parley-scheduler ${credentials} event-type="${eventTypeId}" ${attributes}></parley-scheduler>`;

describe('the scheduler is honest', () => {
  it('when a proxy answers with an HTML page: it says so, and goes on when asked again', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      let isBroken = true;
      await page.route('**/slots?**', (route) =>
        isBroken ? route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>502</h1>' }) : route.continue(),
      );
      await host.open(scheduler(host));
      await page.getByText('cannot be reached right now').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await firstFreeDate(page);
    });
  });

  it('when the code of the later steps does not arrive: it says so, keeps the choice, and goes on when asked again', async () => {
    await withHostPage({}, async (host) => {
      const { page, url } = host;
      const { times, scheduler: element } = schedulerOn(page);
      let isBroken = true;
      await page.route('**/parley/book.js*', (route) => (isBroken ? route.abort() : route.continue()));
      // Leafing to a month with free times would need that code too.
      const { publishableKey, eventTypeId } = await makeWorld(host, { tenant: { allowedOrigins: [url] }, ...ALWAYS_FREE });
      await host.open(scheduler({ credentials: `publishable-key="${publishableKey}"`, eventTypeId }));
      await times.first().waitFor();
      await times.first().click();
      await page.getByText('cannot be reached right now').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await element.locator('#note').waitFor();
    });
  });

  it('when the connection is gone: it goes on by itself when it is back', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      await host.open(scheduler(host));
      await firstFreeDate(page);
      await page.context().setOffline(true);
      await leafToUnread(schedulerOn(page).scheduler);
      await page.getByText('You are offline').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.context().setOffline(false);
      await schedulerOn(page).scheduler.locator('table[aria-busy=false]').waitFor();
      await page.getByText('You are offline').first().waitFor({ state: 'detached' });
    });
  });

  it('when the time was taken meanwhile: it offers the nearest ones and keeps what was typed', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      const { times, terms, submit, done, scheduler: element } = schedulerOn(page);
      await page.route('**/v1/holds', (route) => route.abort());
      await host.open(scheduler(host));
      await firstFreeDate(page);
      const start = (await times.first().getAttribute('data-start')) ?? '';
      await times.first().click();
      await element.locator('#note').fill('About the bakery signs');
      await terms.check();
      await takeTime(host, start);
      await submit.click();
      await page.getByText('has just been taken').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const nearest = element.locator('[part=taken] button.time');
      expect(await nearest.count()).toBeGreaterThan(0);
      await nearest.first().click();
      expect(await element.locator('#note').inputValue()).toBe('About the bakery signs');
      await submit.click();
      await done.waitFor();
    });
  });

  it.each(['is asked for', 'is answered'])(
    'when a visitor sends before the hold %s: it waits, because nobody else has the time',
    async (before) => {
      await withHostPage({}, async (host) => {
        const { page } = host;
        const { times, terms, submit, done } = schedulerOn(page);
        const posts: string[] = [];
        page.on('request', (request) => request.method() === 'POST' && posts.push(new URL(request.url()).pathname));
        const letGo = await holdBack(page, '**/v1/holds', before === 'is answered' ? 'answer' : 'request');
        await host.open(scheduler(host));
        await firstFreeDate(page);
        posts.length = 0;
        await times.first().click();
        await terms.check();
        await submit.click();
        await expect.poll(() => submit.getAttribute('aria-disabled')).toBe('true');
        await expect.poll(() => posts).toEqual(['/v1/holds']);
        letGo();
        await done.waitFor();
        expect(posts).toEqual(['/v1/holds', '/v1/acknowledgements', '/v1/bookings']);
      });
    },
  );

  it('to everybody else when the visitor leaves the page: the time that was held is free at once', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      const { times } = schedulerOn(page);
      await host.open(scheduler(host));
      await firstFreeDate(page);
      const start = (await times.first().getAttribute('data-start')) ?? '';
      const held = page.waitForResponse('**/v1/holds');
      await times.first().click();
      await (await held).finished();
      await schedulerOn(page)
        .scheduler.getByText(/Kept for you/)
        .waitFor();
      expect(await isOffered(host, start)).toBe(false);
      await page.goto('about:blank');
      await expect.poll(() => isOffered(host, start)).toBe(true);
    });
  });

  it('when it comes back as it was left: it does not say any more that the time is kept, and books it', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      const { times, terms, submit, done, scheduler: element } = schedulerOn(page);
      await host.open(scheduler(host));
      await firstFreeDate(page);
      const start = (await times.first().getAttribute('data-start')) ?? '';
      await times.first().click();
      const kept = element.getByText(/Kept for you/);
      await kept.waitFor();
      // As a browser does that keeps the page in memory.
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
      await kept.waitFor({ state: 'detached' });
      await expect.poll(() => isOffered(host, start)).toBe(true);
      await terms.check();
      await submit.click();
      await done.waitFor();
    });
  });

  it('when the answer to its hold is lost: it asks again and books the time it holds', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      const { times, terms, submit, done } = schedulerOn(page);
      let isFirst = true;
      await page.route('**/v1/holds', async (route) => {
        if (!isFirst) return route.continue();
        isFirst = false;
        await route.fetch();
        return route.abort();
      });
      await host.open(scheduler(host));
      await firstFreeDate(page);
      await times.first().click();
      await terms.check();
      await submit.click();
      await done.waitFor();
      expect(isFirst).toBe(false);
      expect(await host.db.selectFrom('claims').select('kind').execute()).toEqual([{ kind: 'booking' }]);
    });
  });

  it('to everybody else when it is taken off the page before the hold is answered', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      const { times } = schedulerOn(page);
      const letGo = await holdBack(page, '**/v1/holds', 'answer');
      await host.open(scheduler(host));
      await firstFreeDate(page);
      const start = (await times.first().getAttribute('data-start')) ?? '';
      await times.first().click();
      await expect.poll(() => isOffered(host, start)).toBe(false);
      await page.locator('parley-scheduler').evaluate((element) => element.remove());
      letGo();
      await expect.poll(() => isOffered(host, start)).toBe(true);
    });
  });

  it('when the room token has expired: it tells the site, and goes on with a new one', async () => {
    await withHostPage({}, async (host) => {
      const { page } = host;
      await host.open(scheduler(host));
      await firstFreeDate(page);
      await page.evaluate(() => addEventListener('parley:token-expired', () => document.body.setAttribute('data-expired', '')));
      await outliveToken(host, schedulerOn(page).scheduler, async () => {
        await page.locator('body[data-expired]').waitFor();
        await page.locator('parley-scheduler').evaluate((element, token) => element.setAttribute('room-token', token), await host.token());
      });
    });
  });

  it('when it is not set up: it says what is missing', async () => {
    await withHostPage({}, async ({ page, open }) => {
      await open('<h1>Book</h1><parley-scheduler></parley-scheduler>');
      await page.getByText('A publishable key and an event type are missing').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  it('asks one question before times are visible', async () => {
    await withHostPage({}, async (host) => {
      const asked: string[] = [];
      host.page.on('request', (request) => request.url().includes('/v1/') && asked.push(new URL(request.url()).pathname));
      await host.open(scheduler(host));
      await schedulerOn(host.page)
        .times.first()
        .or(host.page.getByRole('button', { name: /^Next free day/ }))
        .first()
        .waitFor();
      expect(asked.filter((path) => path.endsWith('/slots')).length).toBe(asked.length);
      expect(asked.length).toBeLessThanOrEqual(2);
    });
  });
});

describe('the visitor’s zone', () => {
  it.each(['Asia/Katmandu', 'Pacific/Apia', 'America/St_Johns', 'Australia/Lord_Howe'])('%s is found and stated', async (timezoneId) => {
    await withHostPage({ timezoneId }, async (host) => {
      await host.open(scheduler(host));
      await firstFreeDate(host.page);
      const stated = await host.page.locator('parley-scheduler .zone').textContent();
      expect(stated).toContain(timezoneId === 'Asia/Katmandu' ? 'Kathmandu, GMT+5:45' : timezoneId.split('/')[1]?.replace('_', ' '));
      const start = await schedulerOn(host.page).times.first().getAttribute('data-start');
      const offset = await host.page.evaluate((instant) => -new Date(instant).getTimezoneOffset(), start ?? '');
      expect(start?.slice(-6)).toBe(`${offset < 0 ? '-' : '+'}${new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16)}`);
    });
  });

  it('can be searched and changed with the keyboard, and the times follow', async () => {
    await withHostPage({ timezoneId: 'Europe/Berlin' }, async (host) => {
      const { page } = host;
      await host.open(scheduler(host));
      await firstFreeDate(page);
      await page.getByRole('button', { name: /Change time zone/ }).press('Enter');
      const search = page.getByRole('combobox');
      await search.waitFor();
      await page.keyboard.type('kathm');
      await page.getByRole('option', { name: /Kathmandu/ }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /Change time zone: Kathmandu, GMT\+5:45/ }).waitFor();
      await expect.poll(async () => (await firstTime(schedulerOn(page).scheduler)).getAttribute('data-start')).toMatch(/\+05:45$/);
      await page.getByRole('button', { name: /Change time zone/ }).press('Enter');
      await search.waitFor();
      await page.keyboard.press('Escape');
      await search.waitFor({ state: 'detached' });
    });
  });
});

/** Books the time as somebody else would, through the API. */
async function takeTime({ url, publishableKey, eventTypeId, token }: HostPage, start: string): Promise<void> {
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${publishableKey}`,
    'X-Room-Token': await token(),
    Origin: url,
  };
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    const content = (await answer.json()) as { id: string; notice?: { noticeVersionId: string } };
    return { status: answer.status, content };
  };
  const body = { eventTypeId, start, durationMinutes: 30, invitee: {} };
  const refused = await ask('/v1/bookings', body);
  const noticeVersionId = refused.content.notice?.noticeVersionId;
  const { content } = await ask('/v1/acknowledgements', { noticeVersionId });
  const booked = await ask('/v1/bookings', { ...body, acknowledgementId: content.id });
  expect(booked.status).toBe(201);
}

/** Whether somebody else is offered this start. */
async function isOffered({ call, publishableKey, eventTypeId }: HostPage, start: string): Promise<boolean> {
  const date = new Date(start).toISOString().slice(0, 10);
  const answer = await call('GET', `/v1/event-types/${eventTypeId}/slots?from=${date}&to=${date}&timeZone=UTC`, { key: publishableKey });
  const days = answer.body.days as { slots: { start: string }[] }[];
  return days.some(({ slots }) => slots.some((slot) => Date.parse(slot.start) === Date.parse(start)));
}
