import { readdir } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';

/** Thrown when the tables are newer than this program: somebody went back to an older version. */
export class NewerDatabase extends Error {}

/**
 * Brings the tables up, forward only. Kysely's migrator takes one lock, so several processes may boot at once; the others wait and find
 * nothing left to do. Answers the names of what was run.
 */
export async function migrateDatabase<DB>(db: Kysely<DB>): Promise<string[]> {
  const provider = fromFolder(new URL('../../../migrations/', import.meta.url));
  const migrator = new Migrator({ db, provider, migrationTableName: 'migrations', migrationLockTableName: 'migrations_lock' });
  const { error, results } = await migrator.migrateToLatest();
  if (error instanceof Error && error.message.includes('previously executed migration')) {
    throw new NewerDatabase(
      `The database was made by a newer version of Parley: ${error.message}. Run that version, or restore a backup.`,
      { cause: error },
    );
  }
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  return (results ?? []).filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}

/** `NNNN-name.ts` files, each exporting `up(db)`. */
function fromFolder(folder: URL): MigrationProvider {
  return {
    async getMigrations() {
      const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.ts$/.test(name)).sort();
      const migrations: Record<string, Migration> = {};
      for (const name of names) migrations[name.slice(0, -'.ts'.length)] = (await import(new URL(name, folder).href)) as Migration;
      return migrations;
    },
  };
}
