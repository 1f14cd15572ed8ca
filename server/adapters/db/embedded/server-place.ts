import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectoryRefused } from './data-directory-refused.ts';
import type { ServerUser } from './run-as.ts';

/** All one needs to start the server, or to reach it. */
export interface ServerPlace {
  /** The folder with `bin/`. */
  readonly native: string;
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  readonly superuser: string;
  readonly password: string | null;
  readonly port: number;
  /** null on Windows, which listens on loopback. */
  readonly socketDir: string | null;
  readonly durable: boolean;
  readonly logFile: string;
}

/** What the server's programs see of the environment: nothing of ours but PATH. */
export function serverEnv(native: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' };
}

/** A socket path may have 107 bytes at most, so it does not lie under the data directory. */
export function socketDirOf(cluster: string): string | null {
  if (process.platform === 'win32') return null;
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  return join(existsSync('/tmp') ? '/tmp' : tmpdir(), `parley-${process.getuid?.() ?? 0}-${name}`);
}

/** Makes the folder of the socket, which only the server's user (and root) may enter. */
export async function makeSocketDir({ socketDir, user }: ServerPlace): Promise<void> {
  if (socketDir === null) return;
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  const facts = await lstat(socketDir);
  if (!facts.isDirectory() || ![0, process.getuid?.(), user?.uid].includes(facts.uid))
    throw new DataDirectoryRefused(`${socketDir} belongs to somebody else; remove it.`);
  await chmod(socketDir, 0o700);
  if (user !== undefined) await chown(socketDir, user.uid, user.gid);
}
