import { fileURLToPath } from 'node:url';
import { DataDirectoryRefused } from './adapters/db/embedded/data-directory-refused.ts';
import { isDatabaseAway } from './adapters/db/is-database-away.ts';
import { UnfitDatabase } from './adapters/db/migrate.ts';
import { readConfig, WrongSetting } from './config.ts';
import { runServer, type RunningServer } from './run-server.ts';

/** PostgreSQL: wrong user or password, no such database. */
const NOT_LET_IN = new Set(['28000', '28P01', '3D000']);

/** The only reader of `process.env`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const starting = start();
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
await starting.catch(endWith);

async function start(): Promise<RunningServer> {
  return runServer(readConfig(process.env), root, (line) => console.log(line));
}

/** A signal during the start is obeyed when the start is done, so that the embedded database is never left behind; a second one at once. */
function stop(): void {
  if (isStopping) process.exit(1);
  isStopping = true;
  starting
    .then((server) => server.stop())
    .then(() => process.exit(0))
    .catch(endWith);
}

function endWith(error: unknown): never {
  const sentence = readSentence(error);
  console.error(sentence === null ? error : `Parley cannot start: ${sentence}`);
  process.exit(1);
}

/** What the operator can mend is said in a sentence; null for a surprise, which is shown whole. */
function readSentence(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof WrongSetting || error instanceof DataDirectoryRefused || error instanceof UnfitDatabase) return message;
  if (code === 'EADDRINUSE') return message;
  if (isDatabaseAway(error)) return `the database cannot be reached (${message}). Is DATABASE_URL right, and does it run?`;
  return code !== undefined && NOT_LET_IN.has(code) ? `the database does not let us in: ${message}` : null;
}
