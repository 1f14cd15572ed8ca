import { randomBytes, createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseAddress } from '../connect.ts';
import { findBinaries } from './find-binaries.ts';
import { launchServer, type LaunchedServer } from './launch-server.ts';
import { isRunning, readPostmaster, removeStaleLocks, stopPostmaster } from './postmaster.ts';
import { findServerUser, run, type ServerUser } from './run-as.ts';

export interface EmbeddedOptions {
  /** The database lies in `postgres/` below it. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Tests may trade durability for speed; a real database is always durable. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly address: Extract<DatabaseAddress, { host: string }>;
  /** Whether a server left behind by a killed process was taken over. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/** Thrown when the data directory cannot be used; the message says what to do. */
export class DataDirectoryRefused extends Error {}

/** The major version of the npm binaries. */
const MAJOR = '18';
const USER = 'parley';
const DATABASE = 'parley';
const READY_MS = 30_000;
const LOCK_MS = 3000;
const STEP_MS = 50;
/** Any number will do, as long as nobody else locks it in this database. */
const OWNER_LOCK = 7_702_018;

/**
 * Starts PostgreSQL on the cluster in `dataDir`, making it first if there is none, and holds it for this process. A server left over from a
 * killed process is taken over, or stopped when it belongs to nobody. A directory in use by another live process, and data of another
 * major version, are refused.
 */
export async function startEmbeddedPostgres({ dataDir, log, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const root = resolve(dataDir);
  const cluster = join(root, 'postgres');
  const user = findServerUser();
  await mkdir(root, { recursive: true });
  if (user !== undefined) await letThrough(root);
  const native = await findBinaries(user !== undefined, join(root, 'postgres-binaries'));
  await makeCluster(native, cluster, user, log);
  await refuseOtherVersion(cluster);
  const socketDir = await makeSocketDir(cluster, user);

  const left = await readPostmaster(cluster);
  const adopted = left !== null && (await isRunning(left.pid, cluster));
  if (!adopted) await removeStaleLocks(cluster, socketDir);
  const address = addressOf(socketDir, adopted ? left.port : await freePort(), await readPassword(cluster));
  const logFile = join(root, 'postgres.log');
  const launched = adopted
    ? null
    : await launchServer({ native, cluster, user, port: address.port, socketDir, durable, logFile, env: serverEnv(native) });
  const owner = await becomeOwner(address, cluster, launched);
  if (adopted) log('took over the database server of a process that was killed');
  await makeDatabase(owner);
  return {
    address,
    adopted,
    async stop() {
      await owner.end().catch(() => {});
      await stopPostmaster(cluster);
      if (socketDir !== null) await rm(socketDir, { recursive: true, force: true });
    },
  };
}

/** `initdb` into a folder beside, then one rename: a killed first start leaves nothing half made behind. */
async function makeCluster(native: string, cluster: string, user: ServerUser | undefined, log: (line: string) => void): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const making = `${cluster}.new-${randomBytes(4).toString('hex')}`;
  await mkdir(making, { mode: 0o700 });
  if (user !== undefined) await chown(making, user.uid, user.gid);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(making, '..', `.password-${randomBytes(4).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
  const auth = isWindows ? ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`] : ['-A', 'trust'];
  await run(join(native, 'bin', 'initdb'), ['-D', making, '-U', USER, '-E', 'UTF8', '--locale=C', '--data-checksums', ...auth], {
    ...user,
    cwd: '/',
    env: serverEnv(native),
  });
  await rm(passwordFile, { force: true });
  if (isWindows) await writeFile(join(making, 'parley-password'), password, { mode: 0o600 });
  await rename(making, cluster).catch(async (error: NodeJS.ErrnoException) => {
    // Another process made it meanwhile; whose it is, the lock decides.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(making, { recursive: true, force: true });
  });
  log(`made a new database in ${cluster}`);
}

async function refuseOtherVersion(cluster: string): Promise<void> {
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version === MAJOR) return;
  throw new DataDirectoryRefused(
    `The database in ${cluster} is of PostgreSQL ${version}; this version of Parley runs PostgreSQL ${MAJOR}. ` +
      `Go back to the version of Parley that made it, or dump it with PostgreSQL's own pg_dump of that version, move the folder away, start again and restore the dump.`,
  );
}

/** A socket path may have 107 bytes at most, so it does not lie under the data directory. */
async function makeSocketDir(cluster: string, user: ServerUser | undefined): Promise<string | null> {
  if (isWindows) return null;
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16);
  const dir = join(existsSync('/tmp') ? '/tmp' : tmpdir(), `parley-${process.getuid?.() ?? 0}-${name}`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(dir);
  if (![0, process.getuid?.(), user?.uid].includes(uid)) throw new DataDirectoryRefused(`${dir} belongs to somebody else; remove it.`);
  await chmod(dir, 0o700);
  if (user !== undefined) await chown(dir, user.uid, user.gid);
  return dir;
}

function addressOf(socketDir: string | null, port: number, password: string | null): EmbeddedPostgres['address'] {
  return { host: socketDir ?? '127.0.0.1', port, user: USER, database: DATABASE, ...(password !== null && { password }) };
}

/** Connects as soon as the server answers and takes the lock that marks the directory as ours, for as long as this process lives. */
async function becomeOwner(address: EmbeddedPostgres['address'], cluster: string, launched: LaunchedServer | null): Promise<pg.Client> {
  const until = Date.now() + READY_MS;
  const lockUntil = Date.now() + LOCK_MS;
  for (;;) {
    const hadEnded = launched?.hasEnded() ?? false;
    const client = new pg.Client({ ...address, database: 'postgres', application_name: 'parley owner' });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK]);
      if (rows[0]?.mine === true) return client;
      await client.end();
      // The session of a process killed a moment ago may still hold the lock for a blink.
      if (Date.now() < lockUntil) {
        await wait(STEP_MS);
        continue;
      }
      throw new DataDirectoryRefused(`Another process uses the database in ${cluster}. Stop it, or set DATA_DIR to another folder.`);
    } catch (error) {
      await client.end().catch(() => {});
      if (error instanceof DataDirectoryRefused || Date.now() > until) throw error;
      if (hadEnded)
        throw new DataDirectoryRefused(`PostgreSQL does not start on ${cluster}. It says:\n${await launched?.lastWords()}`, {
          cause: error,
        });
      await wait(STEP_MS);
    }
  }
}

async function makeDatabase(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rows.length === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}

async function readPassword(cluster: string): Promise<string | null> {
  return isWindows ? (await readFile(join(cluster, 'parley-password'), 'utf8')).trim() : null;
}

async function freePort(): Promise<number> {
  if (!isWindows) return 5432;
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** `nobody` must be able to walk to the cluster, which itself only the server may read. */
async function letThrough(root: string): Promise<void> {
  await chmod(root, 0o711);
}

function serverEnv(native: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' };
}

const isWindows = process.platform === 'win32';
