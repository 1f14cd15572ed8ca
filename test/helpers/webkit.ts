import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type DrivenPage, keyPresses, mousePress } from './driven-page.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY = '/usr/bin/Xvfb';
/** What WebDriver calls an element in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const READY_MS = 20_000;

/** Whether WebKitGTK's driver and a display for it are installed (Debian: `webkit2gtk-driver`, `xvfb`). */
export const hasWebKit = existsSync(DRIVER) && existsSync(DISPLAY);

/** The machine's own WebKitGTK over WebDriver, on a display of its own. Playwright drives only a WebKit that it built itself. */
export async function withWebKit<T>(use: (page: DrivenPage) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'parley-webkit-'));
  const screen = spawn(DISPLAY, ['-displayfd', '3', '-screen', '0', '1100x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  let driver: ChildProcess | null = null;
  try {
    const number = await firstLine(screen.stdio[3] as Readable);
    const port = await freePort();
    driver = spawn(DRIVER, [`--port=${port}`], {
      // Inside a container its sandbox cannot be built, and there is no graphics card.
      env: {
        ...process.env,
        DISPLAY: `:${number}`,
        HOME: home,
        XDG_RUNTIME_DIR: home,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
        NO_AT_BRIDGE: '1',
      },
      stdio: 'ignore',
    });
    return await inSession(`http://127.0.0.1:${port}`, use);
  } finally {
    await end(driver);
    await end(screen);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inSession<T>(base: string, use: (page: DrivenPage) => Promise<T>): Promise<T> {
  await listening(base);
  const { sessionId } = await ask<{ sessionId: string }>('POST', `${base}/session`, { capabilities: {} });
  const session = `${base}/session/${sessionId}`;
  // WebKit measures the patience of a script with the page's own timers, which the gallery shortens in some states.
  await ask('POST', `${session}/timeouts`, { script: null });
  const act = (device: object) => ask('POST', `${session}/actions`, { actions: [device] });
  try {
    return await use({
      open: async (url) => void (await ask('POST', `${session}/url`, { url })),
      read: (expression) => ask('POST', `${session}/execute/async`, { script: readingScript(expression), args: [] }),
      click: async (expression) => {
        const script = `const element = (${expression}); element.scrollIntoView({ block: 'center' }); return element;`;
        const element = await ask<Record<string, string>>('POST', `${session}/execute/sync`, { script, args: [] });
        await act(mousePress({ [ELEMENT]: element[ELEMENT] }));
      },
      type: async (text) => void (await act(keyPresses(text))),
    });
  } finally {
    await ask('DELETE', session);
  }
}

function readingScript(expression: string): string {
  return `const done = arguments[arguments.length - 1];
    Promise.resolve(${expression}).then((value) => done(String(value ?? '')), (error) => done('failed: ' + error));`;
}

async function ask<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`);
  return value;
}

/** The driver says nothing when it is ready. */
async function listening(base: string): Promise<void> {
  const endMs = performance.now() + READY_MS;
  while (
    !(await fetch(`${base}/status`)
      .then(({ ok }) => ok)
      .catch(() => false))
  ) {
    if (performance.now() > endMs) throw new Error(`WebKitWebDriver does not listen after ${READY_MS} ms`);
    await pause(50);
  }
}

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    stream.once('data', (data: Buffer) => resolve(data.toString().trim()));
    stream.once('close', () => reject(new Error('Xvfb ended before it had a display')));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}
