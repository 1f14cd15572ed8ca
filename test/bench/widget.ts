import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { build, createBuilder } from 'vite';
import { launchChromium } from '../helpers/launch-chromium.ts';
import { onFolder, startServer } from '../helpers/servers.ts';
import { median } from './parts/measure.ts';
import type { Bench } from './run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 5;
/** A phone of the lower middle on a slow mobile network: a quarter of this machine, 1.6 Mbit/s, 150 ms there and back. */
const SLOW = { cpu: 4, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };

/** What the widget weighs beside the least picker there can be, and how long a slow phone waits for its times. */
const bench: Bench = {
  name: 'widget: weight, time to visible times, layout shift',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'parley-widget-bench-'));
    const browser = await launchChromium();
    try {
      const lines = await weigh(folder);
      const server = await startServer({ env: { ...onFolder(join(folder, 'data')), DEMO: 'on' } });
      try {
        return [...lines, ...(await wait(browser, server.url, folder))];
      } finally {
        await server.end('SIGTERM');
      }
    } finally {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
export default bench;

const kB = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;
const gzip = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

async function weigh(folder: string): Promise<string[]> {
  const dist = join(ROOT, 'dist');
  await (await createBuilder({ configFile: join(ROOT, 'vite.config.ts'), root: ROOT, logLevel: 'error' })).buildApp();
  await build({
    configFile: false,
    logLevel: 'error',
    oxc: {
      jsx: { runtime: 'classic', pragma: 'jsxH', pragmaFrag: 'JsxFragment' },
      jsxInject: "import { Fragment as JsxFragment, h as jsxH } from 'preact';",
    },
    build: {
      outDir: folder,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL('parts/plain-picker.tsx', import.meta.url)),
        output: { format: 'iife', entryFileNames: 'plain.js' },
      },
    },
  });
  const floor = gzip(join(folder, 'plain.js'));
  const first = gzip(join(dist, 'parley.js'));
  const modules = readdirSync(join(dist, 'parley')).filter((file) => file.endsWith('.js'));
  return [
    `first script ${kB(first)} gzip, ${(first / floor).toFixed(2)}x of a plain picker with the same library (${kB(floor)}; reach: 15 kB)`,
    `on demand, gzip: ${modules.map((file) => `${file.replace('.js', '')} ${kB(gzip(join(dist, 'parley', file)))}`).join(', ')}`,
  ];
}

interface Look {
  readonly visibleMs: number;
  readonly workMs: number;
  readonly shift: number;
  readonly requests: number;
}

async function wait(browser: Browser, url: string, folder: string): Promise<string[]> {
  const { publishableKey, rooms } = (await (await fetch(`${url}/demo/api/rooms`)).json()) as {
    publishableKey: string;
    rooms: { freelancer: { eventTypeId: string } }[];
  };
  const eventTypeId = rooms[0]?.freelancer.eventTypeId ?? '';
  const month = new Date().toISOString().slice(0, 7);
  const slots = `${url}/v1/event-types/${eventTypeId}/slots?from=${month}-01&to=${month}-28&timeZone=UTC&key=${publishableKey}`;
  const widget = `<script async src="/parley.js"></script><parley-scheduler publishable-key="${publishableKey}" event-type="${eventTypeId}"></parley-scheduler>`;
  const plain = `<script async src="/plain.js"></script><div data-slots="${slots}"></div>`;
  const pages: readonly [string, string][] = [
    [widget, 'parley-scheduler table[aria-busy=false]'],
    [plain, '[data-slots] section'],
  ];
  const looks: [Look[], Look[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, [body, selector]] of pages.entries()) looks[index as 0 | 1].push(await look(browser, url, folder, body, selector));
  const of = (index: 0 | 1, field: keyof Look) => median(looks[index].map((one) => one[field]));
  const ratio = (field: keyof Look) => (of(0, field) / of(1, field)).toFixed(2);
  return [
    `slow phone (CPU x${SLOW.cpu}, 1.6 Mbit/s, ${SLOW.latency} ms): times visible after ${of(0, 'visibleMs').toFixed(0)} ms, ${ratio('visibleMs')}x of the plain picker; ${of(0, 'requests')} API request before that`,
    `main thread until then: ${of(0, 'workMs').toFixed(0)} ms, ${ratio('workMs')}x of the plain picker; layout shift inside a page ${of(0, 'shift').toFixed(3)}`,
  ];
}

async function look(browser: Browser, url: string, folder: string, body: string, selector: string): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  try {
    const page = await context.newPage();
    await page.route('**/bench-site', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>A site</title><style>parley-scheduler { display: block; min-height: 940px }</style><body>${body}<p>What follows.</p></body></html>`,
      }),
    );
    await page.route('**/plain.js', (route) => route.fulfill({ path: join(folder, 'plain.js'), contentType: 'text/javascript' }));
    let requests = 0;
    page.on('request', (request) => request.url().includes('/v1/') && (requests += 1));
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', { offline: false, ...SLOW });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu });
    await cdp.send('Performance.enable');
    const before = performance.now();
    await page.goto(`${url}/bench-site`, { waitUntil: 'commit' });
    await page.locator(selector).first().waitFor();
    const visibleMs = performance.now() - before;
    const asked = requests;
    const { metrics } = await cdp.send('Performance.getMetrics');
    const shift = await page.evaluate(
      async () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    const workMs = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    return { visibleMs, workMs, shift, requests: asked };
  } finally {
    await context.close();
  }
}
