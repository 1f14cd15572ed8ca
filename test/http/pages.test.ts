import { describe, expect, test } from 'vitest';
import { withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';

describe('our own pages', () => {
  test('the page a host shares carries the scheduler and a policy that runs only our script', async () => {
    await withApp(async (test) => {
      const world = await makeWorld(test, { host: { externalId: 'u<1>' }, eventType: { slug: 'intro', title: 'A "quoted" <intro>' } });
      const page = await test.call('GET', `/b/${world.tenantId}/${world.hostId}/intro`, { key: null });
      expect(page.status).toBe(200);
      expect(page.text).toContain(`publishable-key="${world.publishableKey}" event-type="${world.eventTypeId}"`);
      expect(page.text).toContain('A &quot;quoted&quot; &lt;intro&gt; · Ana Host');
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
