import { expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { holdBack } from './hold-back.ts';
import { firstFreeDate, firstTime, schedulerOn } from './scheduler-page.ts';
import { withHostPage } from './with-host-page.ts';
import { withMeetingsPage } from './with-meetings-page.ts';

const ARABIC = { locale: 'ar-EG' };

it('speaks Arabic from right to left: arrow keys follow the reading, axe finds nothing', async () => {
  await withHostPage(ARABIC, async ({ page, open, credentials, eventTypeId }) => {
    await open(`<h1>A site</h1><parley-scheduler lang="ar" ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
    const { scheduler, times } = schedulerOn(page);
    await firstTime(scheduler);
    const root = scheduler.locator('.root');
    expect(await root.getAttribute('dir')).toBe('rtl');
    expect(await root.getAttribute('lang')).toBe('ar');
    expect(await scheduler.getByRole('button', { name: 'الشهر التالي' }).count()).toBe(1);

    const [previous, next] = await Promise.all(
      ['الشهر السابق', 'الشهر التالي'].map((name) => scheduler.getByRole('button', { name }).boundingBox()),
    );
    expect(next?.x).toBeLessThan(previous?.x ?? 0);

    const cursor = scheduler.locator('td[tabindex="0"]');
    const before = (await cursor.getAttribute('data-date')) ?? '';
    await cursor.focus();
    await page.keyboard.press('ArrowLeft');
    await scheduler.locator(`td[tabindex="0"]:not([data-date="${before}"])`).waitFor();
    expect(((await cursor.getAttribute('data-date')) ?? '') > before).toBe(true);
    expect(await axeFindings(page)).toEqual([]);

    await times.first().click();
    await scheduler.locator('[part=details]').waitFor();
    expect(await schedulerOn(page).submit.innerText()).toMatch(/الوقت/);
    expect(await axeFindings(page)).toEqual([]);
  });
});

it('follows the language of the page, at first and when the page changes it', async () => {
  await withHostPage({ locale: 'en-US' }, async ({ page, open, credentials, eventTypeId }) => {
    await open(`<div lang="de-AT"><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler></div>`);
    const { scheduler, times } = schedulerOn(page);
    await firstTime(scheduler);
    expect(await scheduler.locator('.zone').innerText()).toContain('Zeiten angezeigt für');
    await page.evaluate(() => document.querySelector('main div')?.setAttribute('lang', 'fr'));
    await scheduler.getByText('Heures affichées pour').waitFor();
    expect(await times.count()).toBeGreaterThan(0);
  });
});

it('follows the page also when that changes before everything is loaded', async () => {
  await withHostPage({ locale: 'en-US' }, async ({ page, open, credentials, eventTypeId }) => {
    const letGo = await holdBack(page, '**/parley/book.js*');
    await open(`<div lang="de"><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler></div>`);
    const { scheduler } = schedulerOn(page);
    await scheduler.locator('table[aria-busy=false]').waitFor();
    await page.evaluate(() => document.querySelector('main div')?.setAttribute('lang', 'fr'));
    letGo();
    await scheduler.getByText('Heures affichées pour').waitFor();
  });
});

it('shows no English before the words are there, and the times stay where they are', async () => {
  await withHostPage({ locale: 'de-DE' }, async ({ page, open, credentials, eventTypeId }) => {
    const letGo = await holdBack(page, '**/parley/i18n/de.js*');
    await open(`<parley-scheduler lang="de" ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
    const { scheduler } = schedulerOn(page);
    await scheduler.locator('.zone').waitFor();
    expect(await scheduler.locator('.zone').innerText()).not.toMatch(/Times/);
    letGo();
    await firstTime(scheduler);
    expect(await scheduler.locator('.zone').innerText()).toContain('Zeiten angezeigt für');
  });
});

it('speaks English, dates included, when the words cannot be had', async () => {
  await withHostPage({ locale: 'de-DE' }, async ({ page, open, credentials, eventTypeId }) => {
    await page.route('**/parley/i18n/**', (route) => route.abort());
    await open(`<parley-scheduler lang="de" ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
    const { scheduler, heading } = schedulerOn(page);
    await firstFreeDate(page);
    expect(await scheduler.locator('.zone').innerText()).toContain('Times are shown in');
    expect(await heading.innerText()).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/);
    expect(await scheduler.locator('.root').getAttribute('lang')).toBe('en');
  });
});

it('confirms, counts and tells news in German, in a room whose page is German', async () => {
  await withMeetingsPage({ locale: 'de-DE' }, { eventType: { confirmation: 'request', guestLimit: 2 } }, async (room) => {
    const { page, meetings, world, freeStarts, book, enter, as } = room;
    const [first = '', ...more] = await freeStarts(3);
    await book(first, { note: 'Es geht um den Laden.' });
    await enter('host', `lang="de" event-type="${world.eventTypeId}"`);
    await meetings.getByRole('heading', { name: 'Termine' }).waitFor();
    expect(await meetings.locator('.root').getAttribute('lang')).toBe('de');
    await meetings.locator('.group h3').first().waitFor();
    expect(await meetings.locator('.group h3').allInnerTexts()).toEqual(['Wartet auf Sie']);
    expect(await meetings.getByText('Cleo schreibt: Es geht um den Laden.').count()).toBe(1);
    expect(await meetings.locator('.when').innerText()).toMatch(/^(Mo|Di|Mi|Do|Fr|Sa|So)\., \d+\. \S+, \d+:\d\d – \d+:\d\d$/);
    expect(await axeFindings(page)).toEqual([]);

    await meetings.getByRole('button', { name: /^Bestätigen: Project intro/ }).click();
    await meetings.getByRole('status').getByText('Bestätigt: Project intro').waitFor();
    await as('invitee', 'POST', '/v1/proposals', { eventTypeId: world.eventTypeId, starts: more });
    await meetings.evaluate((element) => (element as unknown as { refresh(): void }).refresh());
    await meetings.getByRole('status').getByText('Ihnen werden 2 Zeiten angeboten').waitFor();
    expect(await meetings.locator('.chip').first().innerText()).toBe('2 Zeiten angeboten');
    expect(await axeFindings(page)).toEqual([]);
  });
});

it('is English as a whole where the words of an element of its own cannot be had', async () => {
  await withMeetingsPage({ locale: 'de-DE' }, {}, async ({ page, meetings, enter }) => {
    await page.route('**/parley/i18n/de-meetings.js*', (route) => route.abort());
    await enter('host', 'lang="de"');
    await meetings.getByText('No meetings yet.').waitFor();
    expect(await meetings.locator('.root').getAttribute('lang')).toBe('en');
    expect(await meetings.locator('.zone-words').innerText()).toContain('Times are shown in');
  });
});
