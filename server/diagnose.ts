import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { runningServerAddress } from './adapters/db/embedded/running-server-address.ts';
import { connectDatabase } from './adapters/db/connect.ts';
import type { Database } from './adapters/db/schema.ts';
import { type Config, isLoopback } from './config.ts';
import { diagnoseCalendars } from './diagnose-calendars.ts';
import { diagnoseMail } from './diagnose-mail.ts';

/** One thing looked at. */
export interface Finding {
  readonly good: boolean;
  readonly text: string;
}

const OLDEST_TIME_ZONE_DATA = '2026a';
const OLDEST_POSTGRES = 15;

/** Says what is misconfigured and how to mend it; answers the exit code. Changes nothing. */
export async function diagnose(config: Config, say: (line: string) => void): Promise<number> {
  const findings = [
    ...checkNode(),
    ...checkAddress(config),
    ...(await diagnoseMail(config)),
    ...checkDataDir(config),
    ...(await checkDatabase(config)),
  ];
  for (const { good, text } of findings) say(`${good ? 'ok  ' : 'MEND'} ${text}`);
  return findings.every(({ good }) => good) ? 0 : 1;
}

function checkNode(): Finding[] {
  const data = process.versions.tz ?? 'unknown';
  return [
    {
      good: data >= OLDEST_TIME_ZONE_DATA,
      text: `Node ${process.versions.node} with time zone data ${data}${data >= OLDEST_TIME_ZONE_DATA ? '' : '; start with npm, which brings its own Node 24'}`,
    },
  ];
}

function checkAddress({ publicUrl, host, trustProxy }: Config): Finding[] {
  const isLocal = isLoopback(publicUrl);
  const isSafe = isLocal || publicUrl.startsWith('https:');
  return [
    {
      good: isSafe,
      text: isSafe
        ? `PUBLIC_URL is ${publicUrl}`
        : `PUBLIC_URL is ${publicUrl}: browsers send tokens there in the clear; put it behind https`,
    },
    {
      good: isLocal || host !== '127.0.0.1' || trustProxy !== false,
      text:
        isLocal || host !== '127.0.0.1' || trustProxy !== false
          ? `listens on ${host}`
          : 'a proxy seems to stand in front; set TRUST_PROXY so that rate limits see the real addresses',
    },
  ];
}

function checkDataDir({ dataDir, databaseUrl }: Config): Finding[] {
  if (databaseUrl !== null) return [];
  const secret = join(dataDir, 'secret-key');
  if (!existsSync(secret)) return [{ good: true, text: `DATA_DIR is ${dataDir}` }];
  const isPrivate = (statSync(secret).mode & 0o077) === 0;
  return [{ good: isPrivate, text: isPrivate ? `DATA_DIR is ${dataDir}` : `${secret} can be read by others: chmod 600 it` }];
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  const { databaseUrl, dataDir } = config;
  const address = databaseUrl === null ? runningServerAddress(dataDir) : { connectionString: databaseUrl };
  if (address === null)
    return [{ good: true, text: 'the embedded PostgreSQL is used (no DATABASE_URL); calendars are looked at while the server runs' }];
  const db = connectDatabase<Database>({ address, maxConnections: 1 });
  try {
    const { rows } = await sql<{ version: string; gist: boolean }>`
      SELECT current_setting('server_version_num') AS version, EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist') AS gist`.execute(
      db,
    );
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
    const isMigrated =
      (await sql<{ there: boolean }>`SELECT to_regclass('connections') IS NOT NULL AS there`.execute(db)).rows[0]?.there === true;
    return [
      {
        good: major >= OLDEST_POSTGRES,
        text: `PostgreSQL ${major}${major >= OLDEST_POSTGRES ? '' : `; ${OLDEST_POSTGRES} or newer is needed`}`,
      },
      {
        good: rows[0]?.gist === true,
        text: rows[0]?.gist === true ? 'btree_gist is available' : 'the extension btree_gist is missing; install the contrib package',
      },
      ...(isMigrated ? await diagnoseCalendars(config, db) : []),
    ];
  } catch (error) {
    return [{ good: false, text: `the database cannot be reached: ${(error as Error).message}` }];
  } finally {
    await db.destroy();
  }
}
