import { expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { firstFreeDate, schedulerOn } from './scheduler-page.ts';
import { STRICT_POLICY, withHostPage } from './with-host-page.ts';

/** A file as a calendar program writes it: the first time is taken by an event, at the others there is none. */
function fileOf(start: string) {
  const utc = new Date(start).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:1',
    'SUMMARY:Dentist SECRETWORD',
    `DTSTART:${utc}`,
    'DURATION:PT5M',
    'END:VEVENT',
  ];
  return { name: 'own.ics', mimeType: 'text/calendar', buffer: Buffer.from([...lines, 'END:VCALENDAR', ''].join('\r\n')) };
}

it('marks the times at which the visitor is busy, sends nothing of the file, and lets go of it again', async () => {
  await withHostPage({}, async ({ page, open, credentials, eventTypeId }) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
    await open(`<h1>Book</h1><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`, {
      headers: { 'Content-Security-Policy': STRICT_POLICY },
    });
    const { scheduler, times } = schedulerOn(page);
    await firstFreeDate(page);
    const pick = scheduler.getByRole('button', { name: 'Mark my busy times' });
    await pick.waitFor();
    const count = await times.count();
    const first = await times.first().innerText();
    const before = await scheduler.boundingBox();
    expect(sent.filter((line) => line.includes('own-calendar'))).toEqual([]);

    const begin = sent.length;
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), pick.press('Enter')]);
    await chooser.setFiles(fileOf((await times.first().getAttribute('data-start')) ?? ''));
    await scheduler.getByText('Times at which you are busy are marked.').waitFor();
    expect(await times.count()).toBe(count);
    expect(await scheduler.getByRole('button', { name: 'you are busy' }).count()).toBe(1);
    expect(await scheduler.getByRole('button', { name: `${first} you are busy`, exact: true }).count()).toBe(1);
    expect(await times.first().evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('dashed');
    expect((await scheduler.boundingBox())?.height).toBe(before?.height);
    expect(sent.slice(begin).map((line) => new URL(line.split(' ')[1] ?? '').pathname)).toEqual(['/parley/own-calendar.js']);
    expect(sent.join()).not.toContain('SECRETWORD');
    expect(await axeFindings(page)).toEqual([]);

    const forget = scheduler.getByRole('button', { name: 'Remove my busy times' });
    await forget.press('Enter');
    await pick.waitFor();
    expect(await pick.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)).toBe(true);
    expect(await scheduler.getByText('you are busy').count()).toBe(0);
  });
});

it('says so when a file is no calendar, and takes the next one; a marked time can still be chosen', async () => {
  await withHostPage({ viewport: { width: 390, height: 900 } }, async ({ page, open, credentials, eventTypeId }) => {
    await open(`<h1>Book</h1><parley-scheduler ${credentials} event-type="${eventTypeId}"></parley-scheduler>`);
    const { scheduler, times } = schedulerOn(page);
    await firstFreeDate(page);
    const input = scheduler.locator('input[type=file]');
    await input.setInputFiles({ name: 'photo.ics', mimeType: 'text/calendar', buffer: Buffer.from([0xff, 0xd8, 0, 1]) });
    await scheduler.getByText('This file cannot be read as a calendar').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await input.setInputFiles(fileOf((await times.first().getAttribute('data-start')) ?? ''));
    await scheduler.getByText('Times at which you are busy are marked.').waitFor();
    await times.first().click();
    await scheduler.locator('#note').waitFor();
  });
});
