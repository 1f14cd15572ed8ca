import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real CalDAV server on loopback, with one empty calendar. */
export interface CaldavServer {
  readonly name: string;
  /** What a host would type in. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly calendarUrl: string;
  stop(): Promise<void>;
}

export const RADICALE_INSTALLED = spawnSync('radicale', ['--version']).status === 0;
export const XANDIKOS_INSTALLED = spawnSync('xandikos', ['--version']).status === 0;

export async function startRadicale(): Promise<CaldavServer> {
  const folder = await mkdtemp(join(tmpdir(), 'radicale-'));
  const users = join(folder, 'users');
  await writeFile(users, 'host@example.com:app-password\n');
  const port = await freePort();
  const server = await start('radicale', port, folder, [
    '--server-hosts',
    `127.0.0.1:${port}`,
    '--storage-filesystem-folder',
    join(folder, 'data'),
    '--auth-type',
    'htpasswd',
    '--auth-htpasswd-filename',
    users,
    '--auth-htpasswd-encryption',
    'plain',
  ]);
  const login = { username: 'host@example.com', password: 'app-password' };
  const calendarUrl = `http://127.0.0.1:${port}/host%40example.com/work/`;
  await makeCalendar(calendarUrl, login);
  return { name: 'Radicale', url: `http://127.0.0.1:${port}/`, ...login, calendarUrl, stop: server };
}

export async function startXandikos(): Promise<CaldavServer> {
  const folder = await mkdtemp(join(tmpdir(), 'xandikos-'));
  const port = await freePort();
  const server = await start('xandikos', port, folder, ['-d', join(folder, 'data'), '--defaults', '-l', '127.0.0.1', '-p', String(port)]);
  // Xandikos leaves logins to a proxy in front of it.
  const login = { username: 'host@example.com', password: 'unused' };
  const calendarUrl = `http://127.0.0.1:${port}/user/calendars/calendar/`;
  return { name: 'Xandikos', url: `http://127.0.0.1:${port}/`, ...login, calendarUrl, stop: server };
}

async function makeCalendar(url: string, login: { username: string; password: string }): Promise<void> {
  const response = await fetch(url, { method: 'MKCALENDAR', headers: { authorization: basic(login) } });
  if (response.status !== 201) throw new Error(`cannot make a calendar: ${response.status} ${await response.text()}`);
}

export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Started once it answers; answers how to stop it. */
async function start(command: string, port: number, folder: string, parameters: readonly string[]): Promise<() => Promise<void>> {
  const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit');
  const deadline = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${command} did not start: ${errors.slice(-2000)}`);
  }
  return async () => {
    child.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    // Nothing to hear of a server that is not there yet but that it is not there: ask again a moment later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
}
