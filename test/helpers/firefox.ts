import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const FIREFOX = '/usr/bin/firefox-esr';

/** What a page in Firefox can be asked: to go somewhere, and for the text that an expression (or its promise) ends with. */
export interface FirefoxPage {
  readonly open: (url: string) => Promise<void>;
  readonly read: (expression: string) => Promise<string>;
}

/** The machine's own Firefox over WebDriver BiDi, as far as the gallery needs it: its states play themselves. Playwright cannot drive this one. */
export async function withFirefox<T>(use: (page: FirefoxPage) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'parley-firefox-'));
  const child = spawn(FIREFOX, ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile], {
    env: { ...process.env, HOME: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`Firefox ended with ${code}`)));
    });
    const send = await connect(`${address}/session`);
    await send('session.new', { capabilities: {} });
    const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    const context = contexts[0]?.context ?? '';
    return await use({
      open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      read: async (expression) => {
        const answer = await send('script.evaluate', { expression, target: { context }, awaitPromise: true });
        return (answer as { result?: { value?: string } }).result?.value ?? '';
      },
    });
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(profile, { recursive: true, force: true });
  }
}

type Send = (method: string, params: object) => Promise<unknown>;

async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, message } = JSON.parse(String(data)) as { id?: number; result?: unknown; message?: string };
    const asked = waiting.get(id ?? -1);
    if (message === undefined) asked?.resolve(result);
    else asked?.reject(new Error(message));
  });
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
