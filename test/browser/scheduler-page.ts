import type { Locator, Page } from 'playwright-core';

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
  const next = scheduler.getByRole('button', { name: /^Next free day/ });
  const chosen = scheduler.locator('td[aria-selected=true]');
  await chosen.or(next).first().waitFor();
  if ((await chosen.count()) === 0) await next.click();
  return (await chosen.getAttribute('data-date')) ?? '';
}

/** Leafs this scheduler, in whatever language, to the first month with free times and answers the first of them. */
export async function firstTime(scheduler: Locator): Promise<Locator> {
  const time = scheduler.locator('.times button.time').first();
  const next = scheduler.locator('.quiet button.secondary');
  await time.or(next).first().waitFor();
  if ((await next.count()) > 0) await next.click();
  await time.waitFor();
  return time;
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
