import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const STOP_MS = 20_000;
const STEP_MS = 20;
/** Beside the socket of the one port that is ever used in our socket folders. */
const SOCKET_LOCK = '.s.PGSQL.5432.lock';

/** The server that runs on this cluster; null when `postmaster.pid` is missing or names somebody else: process ids are used again. */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await lives(pid))) return null;
  if (process.platform === 'linux' && (await folderOf(pid)) !== (await realpath(cluster))) return null;
  // The port is written a moment after the process id.
  return { pid, port: Number.isInteger(port) && port > 0 ? port : 5432 };
}

/** Asks for a fast shutdown (SIGINT: sessions are ended, everything is written) and waits for it; after that an immediate one. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const running = await findPostmaster(cluster);
  if (running === null) return;
  const lockFile = join(cluster, 'postmaster.pid');
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (await lives(running.pid)) process.kill(running.pid, signal);
    for (let waited = 0; waited < STOP_MS; waited += STEP_MS) {
      if (!(await lives(running.pid))) return removeOwned(lockFile, String(running.pid));
      await wait(STEP_MS);
    }
  }
}

/**
 * Removes the lock files of a server that was killed, once its last session has left the folder. PostgreSQL would refuse to start when the
 * process id in them is in use again, or that of a dead process which nobody collects (both happen in containers without an init).
 */
export async function removeStaleLocks(cluster: string, socketDir: string | null): Promise<void> {
  if (process.platform !== 'linux') return;
  const files = [join(cluster, 'postmaster.pid'), ...(socketDir === null ? [] : [join(socketDir, SOCKET_LOCK)])];
  const owners = await Promise.all(files.map(readOwner));
  if (owners.every((owner) => owner === null)) return;
  for (let waited = 0; await isWorkedIn(cluster); waited += STEP_MS) {
    if (waited >= STOP_MS || (await findPostmaster(cluster)) !== null) return;
    await wait(STEP_MS);
  }
  for (const [i, file] of files.entries()) await removeOwned(file, owners[i] ?? null);
}

/** A file that names somebody else by now belongs to a server that was started meanwhile. */
async function removeOwned(lockFile: string, owner: string | null): Promise<void> {
  if (owner !== null && (await readOwner(lockFile)) === owner) await rm(lockFile, { force: true });
}

async function readOwner(lockFile: string): Promise<string | null> {
  return (await readFile(lockFile, 'utf8').catch(() => null))?.split('\n')[0] ?? null;
}

/** Every process of a server works in the folder of its cluster. */
async function isWorkedIn(cluster: string): Promise<boolean> {
  const folder = await realpath(cluster);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map(folderOf));
  return folders.includes(folder);
}

async function folderOf(pid: number | string): Promise<string | null> {
  return readlink(`/proc/${pid}/cwd`).catch(() => null);
}

/** Whether the process runs; one that has ended and waits to be collected does not. */
async function lives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  const facts = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return facts !== '' && !/\) [ZX] /.test(facts);
}
