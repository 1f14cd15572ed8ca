import type { InjectOptions } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVault } from '../../server/adapters/crypto.ts';
import { randomIds } from '../../server/adapters/ids.ts';
import type { Deps } from '../../server/flows/deps.ts';
import type { App } from '../../server/http/app-type.ts';
import { buildApp, type HttpSettings } from '../../server/http/app.ts';
import { wire } from '../../server/wiring.ts';
import { type TestDatabase, withDatabase } from './database.ts';

/** A clock that stands still until it is moved. */
export interface MovableClock {
  nowMs(): number;
  setTime(instant: string | number): void;
  advanceMinutes(minutes: number): void;
}

export interface Answer {
  readonly status: number;
  // The shape is what the test is about.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface CallOptions {
  readonly key?: string | null;
  readonly roomToken?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface TestApp extends TestDatabase {
  readonly app: App;
  readonly deps: Deps;
  readonly clock: MovableClock;
  /** Calls a route without a network; `key` is sent as bearer. */
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', url: string, options?: CallOptions) => Promise<Answer>;
}

export const ADMIN_KEY = 'ak_test';
export const SECRET_KEY = new Uint8Array(32).fill(7);
/** A Monday, long after every rule change of 2026 that matters to the tests. */
export const NOW = '2026-11-23T12:00:00Z';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The whole application on a database of its own, with a clock that only the test moves. `parts` are plugged in instead of what is wired. */
export async function withApp<T>(
  use: (test: TestApp) => Promise<T>,
  overrides: Partial<HttpSettings> = {},
  parts: Partial<Deps> | ((made: Pick<Deps, 'db' | 'clock'>) => Partial<Deps>) = {},
): Promise<T> {
  return withDatabase(async (database) => {
    const clock = movableClock(NOW);
    // Of its own: another run on this machine, perhaps another user's, must not meet it.
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-app-'));
    const facts = {
      publicUrl: 'http://127.0.0.1:3000',
      mailFrom: 'parley@localhost',
      secretKeys: [SECRET_KEY],
      dataDir,
    };
    const own = typeof parts === 'function' ? parts({ db: database.db, clock }) : parts;
    const deps: Deps = { ...wire(database.db, facts), clock, ids: randomIds, vault: createVault([SECRET_KEY]), ...own };
    const settings: HttpSettings = {
      adminKey: ADMIN_KEY,
      rateLimit: false,
      trustProxy: false,
      logLevel: 'silent',
      devPages: true,
      demo: null,
      docsDir: `${ROOT}/docs`,
      widgetDir: `${ROOT}/dist`,
      ...overrides,
    };
    const app = await buildApp(deps, settings);
    await app.ready();
    try {
      return await use({ ...database, app, deps, clock, call: (method, url, options = {}) => call(app, method, url, options) });
    } finally {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
}

export function movableClock(start: string): MovableClock {
  let nowMs = Date.parse(start);
  return {
    nowMs: () => nowMs,
    setTime: (instant) => {
      nowMs = typeof instant === 'number' ? instant : Date.parse(instant);
    },
    advanceMinutes: (minutes) => {
      nowMs += minutes * 60_000;
    },
  };
}

async function call(
  app: App,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
  url: string,
  { key = ADMIN_KEY, roomToken, body, headers = {} }: CallOptions,
): Promise<Answer> {
  const request: InjectOptions = {
    method,
    url,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(roomToken !== undefined && { 'x-room-token': roomToken }),
      ...headers,
    },
    ...(body !== undefined && { payload: body as string }),
  };
  const response = await app.inject(request);
  const isJson = (response.headers['content-type'] ?? '').includes('json');
  return {
    status: response.statusCode,
    body: isJson && response.body !== '' ? response.json() : response.body,
    headers: response.headers,
    text: response.body,
  };
}
