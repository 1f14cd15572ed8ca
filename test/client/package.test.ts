import { createServer, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtWidget } from '../browser/built-widget.ts';
import { withApp } from '../helpers/app.ts';
import { withPage } from '../helpers/browser.ts';
import { makeWorld, signRoomToken } from '../helpers/world.ts';
import { type ApiDocument, calledOperations, typeProgram } from './operations.ts';
import { blocksOf, type Project, withPackage } from './with-package.ts';

/** What nobody calls but the provider that was told to, or the browser that comes back from it. */
const OF_PROVIDERS = [
  'GET /v1/oauth/{provider}/callback',
  'POST /v1/oauth/{provider}/callback',
  'POST /v1/calendar-messages/{provider}/{tenantId}/{connectionId}',
  'POST /v1/sms/inbound/gateway',
  'POST /v1/sms/inbound/twilio',
];
/** Whoever bundles the whole client pays this much at most. */
const MOST_BYTES = 6 * 1024;

/** As text, because it imports what only the page has. */
const BOOK_IN_PAGE = `async ({ baseUrl, publishableKey, roomToken, eventTypeId }) => {
  const { createClient, unwrap } = await import('/node_modules/@parley/client/index.js');
  const parley = createClient({ baseUrl, publishableKey, roomToken });
  const range = { from: '2026-11-24', to: '2026-11-30', timeZone: 'Europe/Berlin', include: ['eventType', 'notice'] };
  const { days, eventType } = unwrap(await createClient({ baseUrl, publishableKey }).slots.list(eventTypeId, range));
  const [first, second] = days.flatMap(({ slots }) => slots);
  const hold = unwrap(await parley.holds.create({ eventTypeId, start: first.start }));
  const booking = unwrap(await parley.bookings.create({ eventTypeId, start: first.start, holdId: hold.id }));
  const moved = unwrap(await parley.bookings.reschedule(booking.id, { start: second.start }));
  const again = await parley.bookings.create({ eventTypeId, start: second.start });
  const all = [];
  for await (const one of parley.bookings.all()) all.push(one.id === booking.id);
  return { title: eventType.title, count: moved.rescheduleCount, again: again.code, offered: again.problem.alternatives.length, all };
}`;

let project: Project;
let release = () => {};
let finished: Promise<void> = Promise.resolve();
beforeAll(
  () =>
    new Promise<void>((resolve, reject) => {
      finished = withPackage(async (made) => {
        project = made;
        resolve();
        await new Promise<void>((done) => (release = done));
      });
      finished.catch(reject);
    }),
  120_000,
);
afterAll(async () => {
  release();
  await finished;
});

describe('the package', () => {
  test('holds one module, its types, a guide and the licence, and needs nothing else', async () => {
    expect(project.packed).toEqual(['LICENSE', 'README.md', 'index.d.ts', 'index.js', 'package.json']);
    const read = (name: string) => readFile(join(project.folder, 'node_modules', '@parley', 'client', name), 'utf8');
    const manifest = JSON.parse(await read('package.json')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: '@parley/client', type: 'module', license: 'MIT', sideEffects: false });
    expect(manifest).not.toHaveProperty('dependencies');
    for (const name of ['index.js', 'index.d.ts']) expect(await read(name), name).not.toMatch(/\bfrom ['"]|\bimport\(|\brequire\(/);
    expect(await read('README.md')).not.toMatch(/\]\((?!https?:|#)/);
    expect(project.bytes).toBeLessThan(MOST_BYTES);
  });

  test('exports at run time what its types promise', async () => {
    await project.write('names.js', `console.log(Object.keys(await import('@parley/client')).sort().join());`);
    expect((await project.run('names.js')).trim()).toBe('ParleyError,createClient,unwrap');
    await project.write('names.cjs', `console.log(Object.keys(require('@parley/client')).sort().join());`);
    expect((await project.run('names.cjs')).trim()).toContain('createClient');
    await project.write(
      'names.ts',
      `import * as client from '@parley/client';\nexport const names: ('ParleyError' | 'createClient' | 'unwrap')[] = [] as (keyof typeof client)[];\n`,
    );
    expect(await project.check('node', 'names.ts')).toBe('');
  });

  test('its types catch what is wrong', async () => {
    const wrong = [
      `client.bookings.create({ eventTypeId: 'evt_1' })`,
      `client.bookings.create({ eventTypeId: 'evt_1', start: '', extra: 1 })`,
      `client.hosts.change('host_1', { maxMeetingsPerDay: 'three' })`,
      `client.bookings.list({ status: 'gone' })`,
      `unwrap(await client.bookings.get('bkg_1')).begin`,
      `(await client.bookings.get('bkg_1')).value`,
    ];
    const head = `import { createClient, unwrap } from '@parley/client';\nconst client = createClient({ baseUrl: 'http://a.example' });\n`;
    await project.write('wrong.ts', `${head}${wrong.map((line) => `// @ts-expect-error\n${line};`).join('\n')}\n`);
    for (const world of ['node', 'browser'] as const) expect(await project.check(world, 'wrong.ts'), world).toBe('');
  });
});

test('every operation of the document has a method, and takes and answers what the document says', async () => {
  await withApp(async ({ call }) => {
    const document = (await call('GET', '/openapi.json', { key: null })).body as ApiDocument;
    const called = await calledOperations(document);
    const known = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(known.length).toBeGreaterThan(80);
    const reached = [...new Set([...called.values()].flat())].toSorted();
    expect(reached).toEqual(known.filter((operation) => !OF_PROVIDERS.includes(operation)).toSorted());
    const program = typeProgram(document, called);
    expect(program.match(/^true satisfies /gm)?.length).toBeGreaterThan(120);
    await project.write('types.ts', program);
    const lines = program.split('\n');
    const said = (await project.check('browser', 'types.ts')).replaceAll(
      /types\.ts\((\d+),\d+\).*/g,
      (_all, line) => lines[Number(line) - 1] ?? '',
    );
    expect(said).toBe('');
  });
});

describe('the guide', () => {
  test('its program compiles strictly for Node and for bundlers, and books on a real server', async () => {
    await withApp(async (server) => {
      const world = await makeWorld(server);
      server.clock.setTime(Date.now());
      const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
      const blocks = await blocksOf('client.md', 'ts');
      expect(blocks.length).toBeGreaterThan(4);
      await project.write('guide.ts', blocks.join('\n'));
      expect(await project.check('node', 'guide.ts')).toBe('');
      await project.write('process.d.ts', 'declare const process: { env: Record<string, string | undefined> };\n');
      expect(await project.check('browser', 'guide.ts', 'process.d.ts')).toBe('');
      const printed = await project.run('guide.ts', { PARLEY_URL: url, PARLEY_SECRET_KEY: world.secretKey });
      expect(printed).toMatch(/^booked bkg_\S+\n\S+ Ana\n$/);
    });
  });

  test('its table names every method there is', async () => {
    const called = await calledOperations({ paths: {}, components: { schemas: {} } });
    const guide = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'client.md'), 'utf8');
    const told = [...guide.matchAll(/^\| `(\w+)` +\| (`.*?) \|$/gm)].flatMap(([, resource, methods = '']) =>
      [...methods.matchAll(/`(\w+)`/g)].map(([, method]) => `${resource}.${method}`),
    );
    expect(told.toSorted()).toEqual([...called.keys()].toSorted());
  });

  test('its page works in a browser on another site, with a publishable key and a room token', async () => {
    const site = createServer((request, response) => void serveSite(request.url ?? '/', response));
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    let page = '';
    let token = '';
    const serveSite = async (url: string, response: ServerResponse) => {
      if (url === '/') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
      if (url === '/my-backend/room-token') return response.end(token);
      if (url === '/node_modules/@parley/client/index.js')
        return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(await readFile(join(project.folder, url)));
      return response.writeHead(404).end();
    };
    try {
      await withApp(
        async (server) => {
          const world = await makeWorld(server, { tenant: { allowedOrigins: [origin] } });
          const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
          token = await signRoomToken(world, server.clock.nowMs());
          const [example = ''] = await blocksOf('client.md', 'html');
          page = `<!doctype html><body>${example.replaceAll('https://book.example', url).replace('pk_...', world.publishableKey)}</body>`;
          await withPage({}, async (tab) => {
            await tab.goto(origin);
            await expect.poll(() => tab.locator('body').textContent()).toBe('0 meetings');
            const given = { baseUrl: url, publishableKey: world.publishableKey, roomToken: token, eventTypeId: world.eventTypeId };
            const booked = await tab.evaluate(`(${BOOK_IN_PAGE})(${JSON.stringify(given)})`);
            expect(booked).toEqual({ title: 'Intro', count: 1, again: 'slot_unavailable', offered: 3, all: [true] });
          });
        },
        { widgetDir: await builtWidget() },
      );
    } finally {
      site.closeAllConnections();
      site.close();
    }
  });
});
