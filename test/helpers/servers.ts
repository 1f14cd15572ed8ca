import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  /** Where it listens, without a slash at the end; empty for a process that only works. */
  readonly url: string;
  readonly pid: number;
  /** Everything it printed so far. */
  printed(): string;
  /** Ends it and waits for the end; answers the exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface ServerOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Runs it as another user, which only root may ask for. */
  readonly uid?: number;
  readonly gid?: number;
}

export const ADMIN_KEY = 'ak_servers';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const SECRET_KEY = randomBytes(32).toString('base64');
const READY_MS = 45_000;

/** Settings of a server on a test's own database. Several with the same settings are one service. */
export function onDatabase(url: string): Record<string, string> {
  const dataDir = join(tmpdir(), `parley-servers-${process.pid}`);
  return { DATABASE_URL: url, SECRET_KEY, ADMIN_KEY, DATA_DIR: dataDir, RATE_LIMIT: 'off', LOG_LEVEL: 'silent' };
}

/** Settings of a server with its own PostgreSQL in `dataDir`. */
export function onFolder(dataDir: string): Record<string, string> {
  return { DATA_DIR: dataDir, ADMIN_KEY, RATE_LIMIT: 'off', LOG_LEVEL: 'silent', DEMO: 'off' };
}

/** Starts `node server/main.ts` on a free port and answers when it listens. One that ends before that throws with what it printed. */
export async function startServer({ env, uid, gid }: ServerOptions): Promise<ServerProcess> {
  const child = spawnServer({ env, ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) });
  const { printed, listening } = watch(child);
  const url = await within(READY_MS, listening, () => `the server does not listen after ${READY_MS} ms:\n${printed()}`).catch(
    (error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    },
  );
  return { url, pid: child.pid ?? 0, printed, end: (signal) => endProcess(child, signal) };
}

/** Starts a server that is expected to refuse, and answers its exit code and what it printed. */
export async function startRefused(options: ServerOptions): Promise<{ code: number | null; printed: string }> {
  const child = spawnServer(options);
  const { printed, listening } = watch(child);
  listening.catch(() => {});
  const code = await within(READY_MS, ended(child), () => `the server still runs:\n${printed()}`).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return { code, printed: printed() };
}

/** Starts several servers, hands them to the callback, and ends them all, whatever happens. */
export async function withServers<T>(
  options: readonly ServerOptions[],
  use: (servers: readonly ServerProcess[]) => Promise<T>,
): Promise<T> {
  const started = await Promise.allSettled(options.map(startServer));
  const servers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return await use(servers).catch((error: unknown) => {
      throw new Error(`${String(error)}\nthe servers said:\n${servers.map((server) => server.printed()).join('\n')}`, { cause: error });
    });
  } finally {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
  }
}

/** A JSON request to a server; `body` is undefined for an answer that is no JSON. */
export async function ask(
  url: string,
  { method = 'GET', key = ADMIN_KEY, body }: { method?: string; key?: string; body?: unknown } = {},
): Promise<{ status: number; body: Record<string, unknown> & { id: string; code?: string } }> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { id: '' } };
}

/** A helper in the shape `makeWorld` takes, for a server reached over the network. */
export function callOver(url: string) {
  return async (method: string, path: string, options: { key?: string | null; body?: unknown } = {}) => {
    const answer = await ask(`${url}${path}`, {
      method,
      key: options.key ?? ADMIN_KEY,
      ...(options.body !== undefined && { body: options.body }),
    });
    return { ...answer, headers: {}, text: JSON.stringify(answer.body) };
  };
}

function spawnServer({ env, uid, gid }: ServerOptions): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  });
}

function watch(child: ChildProcess): { printed: () => string; listening: Promise<string> } {
  const lines: string[] = [];
  const listening = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const address = /Listening on\s+(http:\/\/\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
        // A process that only works listens nowhere.
        if (line.includes('serves no requests')) resolve('');
      });
    }
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the server ended with ${code} before it listened:\n${lines.join('\n')}`)));
  });
  return { printed: () => lines.join('\n'), listening };
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const end = ended(child);
  child.kill(signal);
  return within(30_000, end, () => `the server did not end on ${signal}`);
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

async function within<T>(ms: number, promise: Promise<T>, sentence: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(sentence())), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
