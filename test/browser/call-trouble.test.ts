import { expect, test } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { type HostPage, withHostPage } from './with-host-page.ts';

test('call trouble is reported in the notice: what the terms allow, the place they open for that meeting, and a new time in one tap', async () => {
  await withHostPage({ viewport: { width: 400, height: 900 } }, async (host) => {
    const { page, open, credentials, url } = host;
    const booking = await bookFirst(host);
    await open(`<h1>Room</h1><parley-notice ${credentials}></parley-notice>`);
    const notice = page.locator('parley-notice');
    const recorded = page.waitForResponse((response) => response.url() === `${url}/v1/incidents`);
    await notice.getByRole('button', { name: 'Call trouble?' }).click();
    expect(await (await recorded).json()).toMatchObject({
      kind: 'callTrouble',
      bookingId: booking.id,
      by: 'invitee',
      fallbackLocations: ['link'],
    });
    await notice.getByText('Noted: the call did not work.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);

    const placed = page.waitForResponse((response) => response.url() === `${url}/v1/bookings/${booking.id}/location`);
    await notice.getByLabel('Link to the call').fill('https://calls.example/abc');
    await notice.getByRole('button', { name: 'Meet there' }).click();
    expect(await (await placed).json()).toMatchObject({ location: { type: 'link', url: 'https://calls.example/abc' } });
    await notice.getByText('The meeting has its new place.').waitFor();

    await notice.getByRole('button', { name: 'Pick a new time' }).click();
    await notice.locator('parley-scheduler [role=gridcell]').first().waitFor();
    expect(await page.locator('parley-notice .notice').count(), 'the notice stays').toBe(1);
  });
});

test('a request to leave the platform is reported without a meeting, and a page may move meetings in its own way', async () => {
  await withHostPage({}, async (host) => {
    const { page, open, credentials, url } = host;
    await open(`<h1>Room</h1><parley-notice ${credentials}></parley-notice>`);
    const notice = page.locator('parley-notice');
    const recorded = page.waitForResponse((response) => response.url() === `${url}/v1/incidents`);
    await notice.getByRole('button', { name: 'I was asked to leave the platform' }).click();
    expect(await (await recorded).json()).toMatchObject({ kind: 'offPlatformRequest', bookingId: null, fallbackLocations: [] });
    await notice.getByText('Thank you').waitFor();
    expect(await notice.getByRole('button', { name: 'Pick a new time' }).count()).toBe(0);

    const booking = await bookFirst(host);
    await notice.getByRole('button', { name: 'Call trouble?' }).click();
    const asked = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('parley:reschedule', (event) => {
            event.preventDefault();
            resolve((event as CustomEvent<{ id: string }>).detail.id);
          });
        }),
    );
    await notice.getByRole('button', { name: 'Pick a new time' }).click();
    expect(await asked).toBe(booking.id);
    expect(await notice.locator('parley-scheduler').count()).toBe(0);
  });
});

/** Books the first free time as the room's client, over the API. */
async function bookFirst({ url, publishableKey, eventTypeId, token }: HostPage): Promise<{ id: string }> {
  const headers = { Authorization: `Bearer ${publishableKey}`, 'X-Room-Token': await token(), 'Content-Type': 'application/json' };
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const today = new Date();
  const from = today.toISOString().slice(0, 10);
  const to = new Date(today.getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
  const { days } = await ask<{ days: { slots: { start: string }[] }[] }>(`/v1/event-types/${eventTypeId}/slots?from=${from}&to=${to}`);
  const start = days.flatMap(({ slots }) => slots)[0]?.start;
  const { data } = await ask<{ data: { noticeVersionId: string }[] }>('/v1/notices/current?placement=booking');
  const { id: acknowledgementId } = await ask<{ id: string }>('/v1/acknowledgements', { noticeVersionId: data[0]?.noticeVersionId });
  return ask('/v1/bookings', { eventTypeId, start, durationMinutes: 30, acknowledgementId });
}
