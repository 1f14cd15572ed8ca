import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { connectDatabase, type DatabaseAddress } from './adapters/db/connect.ts';
import { startEmbeddedPostgres } from './adapters/db/embedded/start-embedded-postgres.ts';
import { migrateDatabase } from './adapters/db/migrate.ts';
import type { Database, Db } from './adapters/db/schema.ts';
import { findTenant } from './adapters/db/tenants.ts';
import { type Config, readConfig } from './config.ts';
import { diagnose } from './diagnose.ts';
import { createApiKey } from './flows/api-keys.ts';
import { createTenant } from './flows/tenants.ts';
import { wire } from './wiring.ts';

const USAGE = `Usage: node server/cli.ts COMMAND

  migrate                                          bring the tables up
  tenant create --name NAME [--origin URL ...]     make a tenant; prints its keys, once
  key create --tenant ID [--publishable] [--scope read|write|admin ...] [--name NAME]
  room-token --tenant ID --host HOST --sub ID --name NAME [--role invitee|host] [--room ID] [--stage preContract|contract] [--minutes N]
  doctor                                           say what is misconfigured and how to mend it
  backup --to PATH                                 copy the embedded database into a folder, or dump an outside one (pg_dump)
  demo reset                                       forget the demo; the next start makes a new one

It reads the same settings as the server. With the embedded database the server must be stopped, except for doctor.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    name: { type: 'string' },
    origin: { type: 'string', multiple: true },
    scope: { type: 'string', multiple: true },
    publishable: { type: 'boolean' },
    tenant: { type: 'string' },
    host: { type: 'string' },
    sub: { type: 'string' },
    role: { type: 'string' },
    room: { type: 'string' },
    stage: { type: 'string' },
    minutes: { type: 'string' },
    to: { type: 'string' },
  },
});

try {
  process.exitCode = await runCommand(positionals.join(' '), readConfig(process.env));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function runCommand(command: string, config: Config): Promise<number> {
  switch (command) {
    case 'migrate':
      return withDatabase(config, async (_db, migrations) => print(migrations));
    case 'tenant create':
      return withDatabase(config, async (db) => {
        const made = await createTenant(wire(db, config), {
          name: need('name'),
          allowedOrigins: (values['origin'] as string[] | undefined) ?? [],
        });
        return print(made.ok ? made.value : made);
      });
    case 'key create':
      return withDatabase(config, (db) => makeKey(db, config));
    case 'room-token':
      return withDatabase(config, (db) => signToken(db, config));
    case 'doctor':
      return diagnose(config, (line) => console.log(line));
    case 'backup':
      return backUp(config, need('to'));
    case 'demo reset':
      await rm(join(config.dataDir, 'demo.json'), { force: true });
      return print('the next start makes a new demo');
    default:
      console.error(USAGE);
      return 2;
  }
}

async function makeKey(db: Db, config: Config): Promise<number> {
  const row = await findTenant(db, need('tenant'));
  if (row === undefined) throw new Error('there is no such tenant');
  const caller = { kind: 'secret', tenant: { id: row.tenant_id, settings: row.settings }, keyId: 'cli', scopes: ['admin'] } as const;
  const scopes = values['scope'] as ('read' | 'write' | 'admin')[] | undefined;
  const name = values['name'] as string | undefined;
  const made = await createApiKey(
    wire(db, config),
    { ...caller, scopes: ['admin'] },
    { kind: values['publishable'] === true ? 'publishable' : 'secret', ...(scopes && { scopes }), ...(name && { name }) },
  );
  return print(made.ok ? made.value : made);
}

async function signToken(db: Db, config: Config): Promise<number> {
  const row = await findTenant(db, need('tenant'));
  if (row === undefined) throw new Error('there is no such tenant');
  const secret = wire(db, config).vault.open(row.embed_secret, `embed:${row.tenant_id}`);
  const room = values['room'] as string | undefined;
  const token = await new SignJWT({
    sub: need('sub'),
    name: need('name'),
    role: values['role'] ?? 'invitee',
    hostId: need('host'),
    ...(room !== undefined && { room: { id: room, stage: values['stage'] ?? 'preContract' } }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(`${Math.min(Number(values['minutes'] ?? 60), 60)}m`)
    .sign(new TextEncoder().encode(secret));
  return print(token);
}

/** The embedded database is copied whole while nobody runs it, with the key that opens its secrets; an outside one is dumped. */
async function backUp(config: Config, to: string): Promise<number> {
  if (existsSync(to)) throw new Error(`${to} exists`);
  if (config.databaseUrl !== null) return dump(config.databaseUrl, to);
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: () => {} });
  await server.stop();
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of ['postgres', 'secret-key', 'admin-key', 'demo.json']) {
    const from = join(config.dataDir, name);
    if (existsSync(from)) await cp(from, join(to, name), { recursive: true, preserveTimestamps: true });
  }
  return print(`copied to ${to}; to restore, start with DATA_DIR set to a copy of it`);
}

async function dump(databaseUrl: string, file: string): Promise<number> {
  const program = spawn('pg_dump', ['--format=custom', '--file', file, '--dbname', databaseUrl], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    program.once('error', (error) => reject(new Error(`pg_dump cannot be run (${error.message}); install the PostgreSQL client programs`)));
    program.once('close', (code) => resolve(code ?? 1));
  });
}

async function withDatabase(config: Config, use: (db: Db, migrations: readonly string[]) => Promise<number>): Promise<number> {
  return withAddress(config, async (address) => {
    const db = connectDatabase<Database>({ address, maxConnections: 2 });
    try {
      return await use(db, await migrateDatabase(db));
    } finally {
      await db.destroy();
    }
  });
}

async function withAddress(config: Config, use: (address: DatabaseAddress) => Promise<number>): Promise<number> {
  if (config.databaseUrl !== null) return use({ connectionString: config.databaseUrl });
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: () => {} });
  try {
    return await use(server.address);
  } finally {
    await server.stop();
  }
}

function need(name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new Error(`--${name} is missing\n\n${USAGE}`);
  return value;
}

function print(value: unknown): number {
  console.log(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return 0;
}
