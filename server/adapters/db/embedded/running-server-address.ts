import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseAddress } from '../connect.ts';
import { socketDirOf } from './server-place.ts';
import { DATABASE, SOCKET_PORT, USER } from './start-embedded-postgres.ts';

/** Where the server of another process of ours listens now; null when none runs, or where it listens on loopback with a password only that process knows. */
export function runningServerAddress(dataDir: string): DatabaseAddress | null {
  const socketDir = socketDirOf(join(resolve(dataDir), 'postgres'));
  if (socketDir === null || !existsSync(join(socketDir, `.s.PGSQL.${SOCKET_PORT}`))) return null;
  return { host: socketDir, port: SOCKET_PORT, user: USER, database: DATABASE };
}
