import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataDirectoryRefused } from './data-directory-refused.ts';
import { nameCluster, run, type ServerUser } from './run-as.ts';
import { serverEnv } from './server-place.ts';

export interface ClusterOptions {
  /** The folder with `bin/`. */
  readonly native: string;
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  /** The superuser's name. */
  readonly superuser: string;
  readonly log: (line: string) => void;
}

/** The major version of the npm binaries. */
const MAJOR = '18';
const isWindows = process.platform === 'win32';

/** Makes the cluster if there is none; data of another major version is refused and left as it is. */
export async function makeCluster(options: ClusterOptions): Promise<void> {
  const { cluster, user, log } = options;
  if (user !== undefined && process.platform !== 'linux') await letThrough(dirname(cluster));
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    await initialise(options);
    log(`made a new database in ${cluster}`);
  }
  await refuseOtherVersion(cluster);
}

/** The password of the superuser where the server listens on loopback; null where it listens on a socket only we can reach. */
export async function readPassword(cluster: string): Promise<string | null> {
  return isWindows ? (await readFile(join(cluster, PASSWORD_FILE), 'utf8')).trim() : null;
}

const PASSWORD_FILE = 'parley-password';

/** `initdb` into a folder beside, then one rename: a killed first start leaves no half made database behind. */
async function initialise({ native, cluster, user, superuser }: ClusterOptions): Promise<void> {
  const making = `${cluster}.new-${randomBytes(4).toString('hex')}`;
  await mkdir(making, { mode: 0o700 });
  try {
    if (user !== undefined) await chown(making, user.uid, user.gid);
    const auth = isWindows ? await passwordArguments(making) : ['-A', 'trust'];
    const args = ['-D', nameCluster(making, user), '-U', superuser, '-E', 'UTF8', '--locale=C', '--data-checksums', ...auth];
    await run(join(native, 'bin', 'initdb'), args, { ...user, cwd: making, env: serverEnv(native) });
    if (isWindows) await rename(`${making}.password`, join(making, PASSWORD_FILE));
    await rename(making, cluster).catch((error: NodeJS.ErrnoException) => {
      // Another process made it meanwhile; whose it is, the lock decides.
      if (!existsSync(join(cluster, 'PG_VERSION'))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
    await rm(`${making}.password`, { force: true });
  }
}

async function passwordArguments(making: string): Promise<string[]> {
  await writeFile(`${making}.password`, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return ['-A', 'scram-sha-256', `--pwfile=${making}.password`];
}

async function refuseOtherVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version === MAJOR) return;
  throw new DataDirectoryRefused(
    `The database in ${cluster} is of PostgreSQL ${version}; this version of Parley runs PostgreSQL ${MAJOR}. ` +
      `Go back to the version of Parley that made it, or dump it with PostgreSQL's own pg_dump of that version, move the folder away, start again and restore the dump.`,
  );
}

/** Without Linux's way to the working directory, `nobody` must be able to walk there. */
async function letThrough(dataDir: string): Promise<void> {
  await chmod(dataDir, ((await stat(dataDir)).mode & 0o7777) | 0o011);
  for (let at = dirname(dataDir); at !== dirname(at); at = dirname(at)) {
    if (((await lstat(at)).mode & 0o001) === 0)
      throw new DataDirectoryRefused(
        `PostgreSQL runs as the user nobody, who may not enter ${at}. Set DATA_DIR to a folder outside, or start as a normal user.`,
      );
  }
}
