import { fileURLToPath } from 'node:url';
import { readConfig, WrongSetting } from './config.ts';
import { runServer } from './run-server.ts';
import { DataDirectoryRefused } from './adapters/db/embedded/start-embedded-postgres.ts';
import { NewerDatabase } from './adapters/db/migrate.ts';

/** The only reader of `process.env`. */
try {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await runServer(readConfig(process.env), root, (line) => console.log(line));
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  const isExpected =
    error instanceof WrongSetting ||
    error instanceof DataDirectoryRefused ||
    error instanceof NewerDatabase ||
    (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(isExpected ? `Parley cannot start: ${(error as Error).message}` : error);
  process.exit(1);
}
