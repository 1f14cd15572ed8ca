import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TestApp, withApp } from '../helpers/app.ts';
import { builtWidget } from './built-widget.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface DemoRoom extends TestApp {
  /** Where the server listens. */
  readonly url: string;
}

/** The demo marketplace on a server of its own, with the widget as it is in the working tree, on the machine's own clock. */
export async function withDemoRoom<T>(use: (room: DemoRoom) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-room-'));
  try {
    return await withApp(
      async (test) => {
        test.clock.setTime(Date.now());
        const url = await test.app.listen({ port: 0, host: '127.0.0.1' });
        await allowOrigin(test, join(folder, 'demo.json'), url);
        return use({ ...test, url });
      },
      { widgetDir: await builtWidget(), demo: { dataDir: folder, pageDir: join(ROOT, 'demo') } },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The server listens on a free port, which its own settings could not name beforehand. */
async function allowOrigin(test: TestApp, keysFile: string, origin: string): Promise<void> {
  const { secretKey } = JSON.parse(await readFile(keysFile, 'utf8')) as { secretKey: string };
  const answer = await test.call('PATCH', '/v1/tenant', { key: secretKey, body: { allowedOrigins: [origin] } });
  if (answer.status !== 200) throw new Error(`allowOrigin: ${answer.text}`);
}
