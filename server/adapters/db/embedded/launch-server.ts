import { spawn } from 'node:child_process';
import { chmod, chown, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerUser } from './run-as.ts';

export interface Launch {
  /** The folder with `bin/`. */
  readonly native: string;
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  readonly port: number;
  /** null on Windows, which listens on loopback. */
  readonly socketDir: string | null;
  readonly durable: boolean;
  readonly logFile: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface LaunchedServer {
  hasEnded(): boolean;
  /** What the server said last. */
  lastWords(): Promise<string>;
}

/** Starts `postgres` in a session of its own, so that Ctrl-C reaches us and not it, and it outlives us when we are killed. */
export async function launchServer(launch: Launch): Promise<LaunchedServer> {
  await takeOwnership(launch);
  const args = ['-D', launch.cluster, ...settingsOf(launch).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // Straight to a file: a pipe would die with us.
  const log = await open(launch.logFile, 'a', 0o600);
  const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
  const server = spawn(join(launch.native, 'bin', 'postgres'), args, { ...launch.user, cwd: '/', env: launch.env, stdio, detached: true });
  let ended = false;
  server.once('error', () => (ended = true));
  server.once('exit', () => (ended = true));
  server.unref();
  await log.close();
  return {
    hasEnded: () => ended,
    lastWords: async () => (await readFile(launch.logFile, 'utf8')).trim().split('\n').slice(-3).join('\n'),
  };
}

function settingsOf({ port, socketDir, durable }: Launch): [string, string][] {
  return [
    ['port', String(port)],
    ['listen_addresses', socketDir === null ? '127.0.0.1' : ''],
    ...(socketDir === null ? [] : ([['unix_socket_directories', socketDir]] satisfies [string, string][])),
    ['max_connections', '200'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ...(durable
      ? []
      : ([
          ['fsync', 'off'],
          ['synchronous_commit', 'off'],
          ['full_page_writes', 'off'],
        ] satisfies [string, string][])),
  ];
}

/** A folder that root has copied back from a backup belongs to root; the server's user must own it, alone. */
async function takeOwnership({ cluster, user }: Launch): Promise<void> {
  if (user === undefined || (await stat(cluster)).uid === user.uid) return;
  for (const entry of await readdir(cluster, { recursive: true })) await chown(join(cluster, entry), user.uid, user.gid);
  await chown(cluster, user.uid, user.gid);
  await chmod(cluster, 0o700);
}
