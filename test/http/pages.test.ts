import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { Booking } from '../../shared/contract/booking.ts';
import { Problem } from '../../shared/contract/problem.ts';
import { SlotsAnswer } from '../../shared/contract/slots.ts';
import { VERSION } from '../../server/http/version.ts';
import { withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';

describe('our own pages', () => {
  test('the page a host shares carries the scheduler and a policy that runs only our script', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test, {
        host: { externalId: 'u<1>' },
        eventType: { slug: 'intro', title: 'A "quoted" <intro>', description: 'Half an "hour"' },
      });
      const page = await test.call('GET', `/b/${world.tenantId}/${world.hostId}/intro`, { key: null });
      expect(page.status).toBe(200);
      expect(page.text).toContain(`publishable-key="${world.publishableKey}" event-type="${world.eventTypeId}"`);
      expect(page.text).toContain('A &quot;quoted&quot; &lt;intro&gt; · Ana Host');
      expect(page.text).toContain('<meta property="og:description" content="Half an &quot;hour&quot;">');
      expect(page.text).toContain('<meta name="robots" content="noindex">');
      expect(page.headers['content-security-policy']).toContain("script-src 'self'");
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect((await test.call('GET', `/b/${world.tenantId}/${world.hostId}/none`, { key: null })).status).toBe(404);
    });
  });

  test('a tenant that books only from its rooms has no such page', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test, { tenant: { requireRoomToken: true }, eventType: { slug: 'intro' } });
      expect((await test.call('GET', `/b/${world.tenantId}/${world.hostId}/intro`, { key: null })).status).toBe(404);
    });
  });

  test('the guides are there as Markdown, and llms.txt names them', async () => {
    await withApp(async ({ call }) => {
      expect((await call('GET', '/llms.txt', { key: null })).text).toContain('/guides/quickstart.md');
      const guide = await call('GET', '/guides/quickstart.md', { key: null });
      expect(guide.headers['content-type']).toContain('text/markdown');
      expect(guide.text).toMatch(/^# Quickstart/);
    });
  });
});

test('every file of the widget lies at an address that never changes too, for a year and for every site', async () => {
  await withApp(async ({ call }) => {
    for (const file of ['parley.js', 'parley/book.js']) {
      const { status, headers, text } = await call('GET', `/parley/${VERSION}/${file}`, { key: null });
      expect([status, headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([200, '*', 'cross-origin']);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(text).toBe((await call('GET', `/${file}`, { key: null })).text);
    }
  });
});

describe('the gallery of the widget', () => {
  test('is there with the dev pages only, and asks for the admin key where others can reach it', async () => {
    await withApp(async ({ call }) => expect((await call('GET', '/dev/widget', { key: null })).status).toBe(404), { devPages: false });
    await withApp(
      async ({ call }) => {
        expect((await call('GET', '/dev/widget', { key: null })).status).toBe(401);
        expect((await call('GET', '/dev/widget?state=times', { key: null })).status).toBe(401);
        expect((await call('GET', '/dev/widget?state=times')).status).toBe(200);
      },
      { guardDevPages: true },
    );
  });

  test('answers what the contract says, in the media types of the API', async () => {
    await withApp(async ({ call }) => {
      const api = '/dev/widget/api';
      const slots = await call('GET', `${api}/times/v1/event-types/evt_gallery/slots?from=2026-11-02&to=2026-11-30&include=eventType`, {
        key: null,
      });
      expect(slots.body.days.flatMap((day: { slots: object[] }) => day.slots).length).toBeGreaterThan(100);
      expect([...Value.Errors(SlotsAnswer, slots.body)]).toEqual([]);
      const booked = await call('POST', `${api}/done/v1/bookings`, { key: null, body: { start: '2026-11-03T18:00:00Z' } });
      expect([...Value.Errors(Booking, booked.body)]).toEqual([]);
      const taken = await call('POST', `${api}/taken/v1/bookings`, { key: null, body: {} });
      expect(taken.status).toBe(409);
      expect(taken.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect([...Value.Errors(Problem, taken.body)]).toEqual([]);
      expect((await call('GET', `${api}/nothing/v1/bookings`, { key: null })).status).toBe(404);
      expect((await call('GET', `${api}/times/v1/tenant`, { key: null })).status).toBe(404);
    });
  });
});
