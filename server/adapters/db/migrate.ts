import { readdir } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, type MigrationResultSet, Migrator } from 'kysely/migration';

/** Thrown when the tables were made by a newer version of this program, or the server is too old; the message says what to do. */
export class UnfitDatabase extends Error {}

const OLDEST_POSTGRES = 15;

/** One for all processes, the number Kysely takes as well. */
const MIGRATION_LOCK = '3853314791062309107';

/**
 * Brings the tables up, forward only and all or nothing. One lock for the time of the transaction, so several processes may boot at once, also through
 * a pooler: the others wait and find nothing left to do. Answers the names of what was run.
 */
export async function migrateDatabase<DB>(db: Kysely<DB>): Promise<string[]> {
  const provider = fromFolder(new URL('../../../migrations/', import.meta.url));
  return db.transaction().execute(async (trx) => {
    await refuseOldServer(trx);
    // An index on a grown table takes longer than any request may, and so does waiting for another process that builds it.
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)}::bigint)`.execute(trx);
    const migrator = new Migrator({
      db: trx,
      provider,
      migrationTableName: 'migrations',
      migrationLockTableName: 'migrations_lock',
      // Two changes made side by side land in either order; one that is missing here still says that the tables are newer.
      allowUnorderedMigrations: true,
    });
    return namesOf(await migrator.migrateToLatest());
  });
}

/** `NNNN-name.ts` files, each exporting `up(db)`. */
function fromFolder(folder: URL): MigrationProvider {
  return {
    async getMigrations() {
      const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.ts$/.test(name)).sort();
      const migrations: Record<string, Migration> = {};
      for (const name of names) migrations[name.slice(0, -'.ts'.length)] = (await import(new URL(name, folder).href)) as Migration;
      return migrations;
    },
  };
}

async function refuseOldServer<DB>(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ version: number }>`SELECT current_setting('server_version_num')::integer AS version`.execute(db);
  const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
  if (major < OLDEST_POSTGRES)
    throw new UnfitDatabase(`The database runs PostgreSQL ${major}; Parley needs PostgreSQL ${OLDEST_POSTGRES} or newer.`);
}

function namesOf({ error, results }: MigrationResultSet): string[] {
  if (error instanceof Error && error.message.includes('previously executed migration')) {
    throw new UnfitDatabase(
      `The database was made by another, newer version of Parley: ${error.message}. Run that version, or restore a backup.`,
      {
        cause: error,
      },
    );
  }
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}
