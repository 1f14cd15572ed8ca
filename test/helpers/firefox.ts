import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DrivenPage, keyPresses, mousePress } from './driven-page.ts';

const FIREFOX = '/usr/bin/firefox-esr';

/** Whether Firefox is installed (Debian: `firefox-esr`). */
export const hasFirefox = existsSync(FIREFOX);

/** The machine's own Firefox over WebDriver BiDi, as far as the tests need it. Playwright cannot drive this one. */
export async function withFirefox<T>(use: (page: DrivenPage) => Promise<T>): Promise<T> {
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
    const evaluate = async (expression: string) => {
      const answer = await send('script.evaluate', { expression, target: { context }, awaitPromise: true, resultOwnership: 'root' });
      const { result, exceptionDetails } = answer as {
        result?: { value?: unknown; sharedId?: string };
        exceptionDetails?: { text: string };
      };
      if (exceptionDetails !== undefined) throw new Error(`Firefox: ${exceptionDetails.text}`);
      return result ?? {};
    };
    const act = (device: object) => send('input.performActions', { context, actions: [device] });
    return await use({
      open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      read: async (expression) => String((await evaluate(`Promise.resolve(${expression}).then((value) => String(value ?? ''))`)).value),
      click: async (expression) => {
        const { sharedId } = await evaluate(
          `(() => { const element = (${expression}); element.scrollIntoView({ block: 'center' }); return element; })()`,
        );
        await act(mousePress({ type: 'element', element: { sharedId } }));
      },
      type: async (text) => void (await act(keyPresses(text))),
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
