import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const STOP_MS = 20_000;
const STEP_MS = 20;

/** What `postmaster.pid` says; null when there is none. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 ? { pid, port } : null;
}

/** Whether that process lives and really is the server of this cluster: process ids are used again. */
export async function isRunning(pid: number, cluster: string): Promise<boolean> {
  if (!lives(pid)) return false;
  if (process.platform !== 'linux') return true;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes(cluster);
}

/** Asks for a fast shutdown (SIGINT: sessions are ended, everything is written) and waits for it; after that an immediate one. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const running = await readPostmaster(cluster);
  if (running === null || !(await isRunning(running.pid, cluster))) return;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(running.pid, signal);
    for (let waited = 0; waited < STOP_MS; waited += STEP_MS) {
      if (!lives(running.pid)) {
        await rm(join(cluster, 'postmaster.pid'), { force: true });
        return;
      }
      await wait(STEP_MS);
    }
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
