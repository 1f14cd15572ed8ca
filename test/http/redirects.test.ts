import { expect, test } from 'vitest';
import { withApp } from '../helpers/app.ts';
import { makeWorld } from '../helpers/world.ts';

test('a page may send its visitor to the tenant’s own origins and to ours, and nowhere else', async () => {
  await withApp(async ({ call }) => {
    const { publishableKey } = await makeWorld(
      { call },
      { tenant: { allowedOrigins: ['https://app.market.example', 'https://*.sites.example'] } },
    );
    const ask = (url: string) => call('GET', `/v1/redirects?url=${encodeURIComponent(url)}`, { key: publishableKey });
    for (const url of ['https://app.market.example/thanks?b=1', 'https://ana.sites.example/'])
      expect((await ask(url)).body).toEqual({ allowed: true });
    for (const url of ['https://market.example/', 'https://app.market.example.evil.example/', 'http://app.market.example/'])
      expect((await ask(url)).body).toEqual({ allowed: false });
    for (const url of ['javascript:alert(1)', '/thanks', '']) expect((await ask(url)).status).toBe(400);
  });
});
