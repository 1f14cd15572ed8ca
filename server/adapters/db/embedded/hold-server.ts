import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseAddress } from '../connect.ts';
import { DataDirectoryRefused } from './data-directory-refused.ts';
import { launchServer } from './launch-server.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import type { ServerPlace } from './server-place.ts';

export interface HeldServer {
  /** The session whose lock marks the cluster as ours; it lives as long as we use the server. */
  readonly owner: pg.Client;
  /** Of the server's own database, `postgres`. */
  readonly address: Extract<DatabaseAddress, { host: string }>;
  /** Whether a server left behind by a killed process was taken over. */
  readonly adopted: boolean;
}

/** A server that says nothing is given up after this; one that says that it is recovering is waited for. */
const SILENCE_MS = 30_000;
const LOCK_MS = 3000;
const STEP_MS = 50;
const ATTEMPTS = 5;
/** Any number will do, as long as nobody else locks it in this database. */
const OWNER_LOCK = 7_702_018;
/** PostgreSQL: the server is starting up, recovering, or shutting down. */
const CANNOT_CONNECT_NOW = '57P03';

/**
 * Takes the server that runs on the cluster, or starts one, and holds it for this process by a lock. Refused when another live process holds
 * it, and when PostgreSQL does not start, with what it says.
 */
export async function holdServer(place: ServerPlace): Promise<HeldServer> {
  const { cluster } = place;
  for (let attempt = 1; ; attempt++) {
    const running = await findPostmaster(cluster);
    const launched = running === null ? await launchServer(place) : null;
    const address = addressOf(place, running?.port ?? place.port);
    const isGone = async () => launched?.hasEnded() ?? (await findPostmaster(cluster)) === null;
    const owner = await becomeOwner(address, cluster, isGone).catch(async (error: unknown) => {
      if (launched !== null && !(error instanceof DataDirectoryRefused)) await stopPostmaster(cluster);
      throw error;
    });
    if (owner !== null) return { owner, address, adopted: launched === null };
    // Theirs was just being stopped by its owner, or ours ended because another process was faster: look again, as long as one is there.
    if (attempt === ATTEMPTS || (launched !== null && (await findPostmaster(cluster)) === null))
      throw new DataDirectoryRefused(`PostgreSQL does not start on ${cluster}. It says:\n${await launched?.lastWords()}`);
  }
}

function addressOf({ socketDir, superuser, password }: ServerPlace, port: number): HeldServer['address'] {
  return { host: socketDir ?? '127.0.0.1', port, user: superuser, database: 'postgres', ...(password !== null && { password }) };
}

/** Connects as soon as the server answers and takes the lock; null when the server has gone. */
async function becomeOwner(address: HeldServer['address'], cluster: string, isGone: () => Promise<boolean>): Promise<pg.Client | null> {
  let silentUntil = Date.now() + SILENCE_MS;
  const lockUntil = Date.now() + LOCK_MS;
  for (;;) {
    const wasGone = await isGone();
    const client = new pg.Client({ ...address, application_name: 'parley owner' });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [OWNER_LOCK]);
      if (rows[0]?.mine === true) return client;
      await client.end();
    } catch (error) {
      await client.end().catch(() => {});
      if (wasGone) return null;
      if ((error as { code?: string }).code === CANNOT_CONNECT_NOW) silentUntil = Date.now() + SILENCE_MS;
      if (Date.now() > silentUntil)
        throw new Error(`PostgreSQL runs on ${cluster} but does not answer at ${address.host}`, { cause: error });
      await wait(STEP_MS);
      continue;
    }
    // The session of a process killed a moment ago may still hold the lock for a blink.
    if (Date.now() > lockUntil)
      throw new DataDirectoryRefused(`Another process uses the database in ${cluster}. Stop it, or set DATA_DIR to another folder.`);
    await wait(STEP_MS);
  }
}
