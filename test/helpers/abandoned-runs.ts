import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopPostmaster } from '../../server/adapters/db/embedded/postmaster.ts';
import { socketDirOf } from '../../server/adapters/db/embedded/server-place.ts';

const FOLDER = /^parley-test-(\d+)-/;

/** A folder for the database of this run, named so that a later run knows whether this one still lives. */
export async function makeRunFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `parley-test-${process.pid}-`));
}

/** A run that was killed leaves its database server behind, which nobody would ever stop. */
export async function clearAbandonedRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid === undefined || lives(Number(pid))) continue;
    const cluster = join(tmpdir(), name, 'postgres');
    // Those of another user are his to clear.
    await stopPostmaster(cluster)
      .then(() => rm(join(tmpdir(), name), { recursive: true, force: true }))
      .then(() => rm(socketDirOf(cluster) ?? cluster, { recursive: true, force: true }))
      .catch(() => {});
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
