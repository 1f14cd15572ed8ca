import { spawn } from 'node:child_process';
import { chmod, chown, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeStaleLocks } from './postmaster.ts';
import { nameCluster } from './run-as.ts';
import { makeSocketDir, serverEnv, type ServerPlace } from './server-place.ts';

export interface LaunchedServer {
  hasEnded(): boolean;
  /** What the server said last. */
  lastWords(): Promise<string>;
}

/** A log that has grown larger is set aside at the next start. */
const LOG_BYTES = 10 * 1024 * 1024;

/** Starts `postgres` in a session of its own, so that Ctrl-C reaches us and not it, and it outlives us when we are killed. */
export async function launchServer(place: ServerPlace): Promise<LaunchedServer> {
  const { native, cluster, user, logFile } = place;
  await takeOwnership(place);
  await makeSocketDir(place);
  await removeStaleLocks(cluster, place.socketDir);
  await setLogAside(logFile);
  const args = ['-D', nameCluster(cluster, user), ...settingsOf(place).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // Straight to a file: a pipe would die with us.
  const log = await open(logFile, 'a', 0o600);
  const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
  const server = spawn(join(native, 'bin', 'postgres'), args, { ...user, cwd: cluster, env: serverEnv(native), stdio, detached: true });
  let ended = false;
  server.once('error', () => (ended = true));
  server.once('exit', () => (ended = true));
  server.unref();
  await log.close();
  return {
    hasEnded: () => ended,
    lastWords: async () => (await readFile(logFile, 'utf8')).trim().split('\n').slice(-3).join('\n'),
  };
}

function settingsOf({ port, socketDir, durable }: ServerPlace): [string, string][] {
  return [
    ['port', String(port)],
    ['listen_addresses', socketDir === null ? '127.0.0.1' : ''],
    ...(socketDir === null ? [] : ([['unix_socket_directories', socketDir]] satisfies [string, string][])),
    ['max_connections', '200'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    // Failed statements are our business, and their texts may hold people's data: the log is about the server alone.
    ['log_min_messages', 'log'],
    ['log_error_verbosity', 'terse'],
    ['log_checkpoints', 'off'],
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
async function takeOwnership({ cluster, user }: ServerPlace): Promise<void> {
  if (user === undefined || (await stat(cluster)).uid === user.uid) return;
  for (const entry of await readdir(cluster, { recursive: true })) await chown(join(cluster, entry), user.uid, user.gid);
  await chown(cluster, user.uid, user.gid);
  await chmod(cluster, 0o700);
}

async function setLogAside(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > LOG_BYTES) await rename(logFile, `${logFile}.1`);
}
