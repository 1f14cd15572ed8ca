import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import type { DatabaseAddress } from '../connect.ts';
import { findBinaries } from './find-binaries.ts';
import { holdServer } from './hold-server.ts';
import { keepServer } from './keep-server.ts';
import { makeCluster, readPassword } from './make-cluster.ts';
import { findServerUser } from './run-as.ts';
import { type ServerPlace, socketDirOf } from './server-place.ts';

export interface EmbeddedOptions {
  /** The database lies in `postgres/` below it. Made when missing, for us alone. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Tests may trade durability for speed; a real database is always durable. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly address: Extract<DatabaseAddress, { host: string }>;
  /** Whether a server left behind by a killed process was taken over. */
  readonly adopted: boolean;
  /** Ends all sessions, writes everything, and waits until the server has gone. */
  stop(): Promise<void>;
}

export const USER = 'parley';
export const DATABASE = 'parley';
/** Names the socket file; on Windows a free one is taken instead. */
export const SOCKET_PORT = 5432;

/**
 * Starts PostgreSQL on the cluster in `dataDir`, making it first if there is none, and holds it for this process. A server left over from a
 * killed process is taken over. Throws `DataDirectoryRefused` for a directory in use by another live process, data of another major version,
 * and a server that does not start.
 */
export async function startEmbeddedPostgres({ dataDir, log, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const root = resolve(dataDir);
  const cluster = join(root, 'postgres');
  const user = findServerUser();
  await mkdir(root, { recursive: true, mode: 0o700 });
  const native = await findBinaries(user, root);
  await makeCluster({ native, cluster, user, superuser: USER, log });
  const socketDir = socketDirOf(cluster);
  const place: ServerPlace = {
    native,
    cluster,
    user,
    superuser: USER,
    password: await readPassword(cluster),
    port: socketDir === null ? await freePort() : SOCKET_PORT,
    socketDir,
    durable,
    logFile: join(root, 'postgres.log'),
  };
  const held = await holdServer(place);
  const stop = keepServer({ ...place, port: held.address.port }, held, log);
  if (held.adopted) log('took over the database server of a process that was killed');
  try {
    await makeDatabase(held.owner);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: { ...held.address, database: DATABASE }, adopted: held.adopted, stop };
}

async function makeDatabase(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rows.length === 0) await owner.query(`CREATE DATABASE ${DATABASE}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
