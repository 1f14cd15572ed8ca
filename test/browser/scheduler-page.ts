import type { Page } from 'playwright-core';

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
