import { chown, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A fresh folder for a server's data, of the given user, removed afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>, owner?: User): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-fault-'));
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
