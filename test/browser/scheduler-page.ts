import type { Locator, Page } from 'playwright-core';
import type { HostPage } from './with-host-page.ts';

/** The scheduler on a page, by what a person sees. */
export function schedulerOn(page: Page) {
  const scheduler = page.locator('parley-scheduler');
  return {
    scheduler,
    freeDays: scheduler.locator('td.free'),
    times: scheduler.locator('.times button.time'),
    time: (start: string) => scheduler.locator(`.times button[data-start="${start}"]`),
    day: (date: string) => scheduler.locator(`td[data-date="${date}"]`),
    heading: scheduler.locator('#times-heading'),
    submit: scheduler.locator('[part=submit]'),
    terms: scheduler.locator('#acknowledgement'),
    done: scheduler.locator('[part=done]'),
  };
}

/** Shows the month of a date, however far away. */
export async function showMonthOf(page: Page, date: string): Promise<void> {
  const { scheduler, day } = schedulerOn(page);
  for (let step = 0; step < 12 && (await day(date).count()) === 0; step += 1) {
    await scheduler.getByRole('button', { name: 'Next month' }).click();
    await scheduler.locator('table[aria-busy=false]').waitFor();
  }
}

/** Leafs to the first month with free days and returns the date that is chosen there. */
export async function firstFreeDate(page: Page): Promise<string> {
  const { scheduler } = schedulerOn(page);
  await scheduler.locator('table[aria-busy=false]').waitFor();
  await firstTime(scheduler, scheduler.getByRole('button', { name: /^Next free day/ }));
  return (await scheduler.locator('td[aria-selected=true]').getAttribute('data-date')) ?? '';
}

/** Leafs this scheduler, in whatever language, to the first month with free times and answers the first of them. */
export async function firstTime(scheduler: Locator, next = scheduler.locator('.quiet button.secondary')): Promise<Locator> {
  const time = scheduler.locator('.times button.time').first();
  await time.or(next).first().waitFor();
  if ((await next.count()) > 0) await next.click();
  await time.waitFor();
  return time;
}

/** Leafs four months on: the next one may have been read already, to say which free day is next. */
export async function leafToUnread(scheduler: Locator): Promise<void> {
  for (let month = 0; month < 4; month += 1) await scheduler.getByRole('button', { name: 'Next month' }).click();
}

/** Lets the room token run out under a scheduler, which says so and goes on once the page has renewed it. */
export async function outliveToken({ clock }: Pick<HostPage, 'clock'>, scheduler: Locator, renew: () => Promise<void>): Promise<void> {
  const ended = scheduler.getByText('Your session has ended').first();
  clock.advanceMinutes(20);
  await leafToUnread(scheduler);
  await ended.waitFor();
  clock.setTime(Date.now());
  await renew();
  await ended.waitFor({ state: 'detached' });
}

/** Goes on to a day with several free times, for the first free day may have one only. Takes what `firstFreeDate` answered. */
export async function fullerDay(page: Page, firstFree: string): Promise<void> {
  const { scheduler, freeDays, times } = schedulerOn(page);
  if ((await freeDays.count()) > 1) {
    await freeDays.last().click();
    await scheduler.locator(`td[aria-selected=true]:not([data-date="${firstFree}"])`).waitFor();
  } else if ((await times.count()) === 1) {
    await scheduler.getByRole('button', { name: 'Next month' }).click();
    await firstFreeDate(page);
  }
}
