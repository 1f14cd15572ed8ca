import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ask, onFolder, type ServerOptions, type ServerProcess, startRefused, startServer } from '../helpers/servers.ts';
import { type User, withFolder } from './with-folder.ts';

/** The server's own PostgreSQL: found again, never shared, never left behind. */
describe('the embedded PostgreSQL', () => {
  test('is found again with its data after a kill -9 of the server, and after a kill -9 of both', async () => {
    await withFolder(async (folder) => {
      const first = await startServer(of(folder));
      await makeTenant(first, 'Before');
      const postmaster = await readPostmaster(folder);
      await first.end('SIGKILL');
      expect(isAlive(postmaster)).toBe(true);

      const second = await startServer(of(folder));
      expect(second.printed()).toContain('took over the database server');
      expect(await readPostmaster(folder)).toBe(postmaster);
      expect(await tenantNames(second)).toEqual(['Before']);
      await makeTenant(second, 'Between');
      process.kill(postmaster, 'SIGKILL');
      await second.end('SIGKILL');

      const third = await startServer(of(folder));
      expect(await tenantNames(third)).toEqual(['Before', 'Between']);
      expect(await third.end('SIGTERM')).toBe(0);
    });
  });

  test('refuses a second server on its folder by name, and the first one goes on', async () => {
    await withFolder(async (folder) => {
      const first = await startServer(of(folder));
      const second = await startRefused(of(folder));
      expect(second.code).toBe(1);
      expect(second.printed).toContain(`Another process uses the database in ${join(folder, 'postgres')}`);
      expect(second.printed).not.toContain(' at ');
      expect((await ask(`${first.url}/readyz`)).status).toBe(200);
      await first.end('SIGTERM');
    });
  });

  test('stops with the server on SIGTERM, and leaves no lock file behind', async () => {
    await withFolder(async (folder) => {
      const server = await startServer(of(folder));
      const postmaster = await readPostmaster(folder);
      expect(isAlive(postmaster)).toBe(true);
      expect(await server.end('SIGTERM')).toBe(0);
      expect(isAlive(postmaster)).toBe(false);
      await expect(stat(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    });
  });

  test('refuses data of another major version and says what to do, without touching it', async () => {
    await withFolder(async (folder) => {
      const server = await startServer(of(folder));
      await server.end('SIGTERM');
      const file = join(folder, 'postgres', 'PG_VERSION');
      await writeFile(file, '17\n');
      const refused = await startRefused(of(folder));
      expect(refused.code).toBe(1);
      expect(refused.printed).toMatch(/is of PostgreSQL 17; this version of Parley runs PostgreSQL 18/);
      expect(refused.printed).toMatch(/restore/);
      expect(await readFile(file, 'utf8')).toBe('17\n');
      await writeFile(file, '18\n');
      await (await startServer(of(folder))).end('SIGTERM');
    });
  });

  test('keeps its files and its socket from other users', async () => {
    await withFolder(async (folder) => {
      const server = await startServer(of(folder));
      expect((await stat(join(folder, 'postgres'))).mode & 0o077).toBe(0);
      const [, , , , socketDir = ''] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      expect(socketDir).not.toBe('');
      expect((await stat(socketDir)).mode & 0o077).toBe(0);
      await server.end('SIGTERM');
    });
  });

  const nobody = { uid: 65_534, gid: 65_534 };
  test.skipIf(process.getuid?.() !== 0)(
    'runs for a normal user as it does for root (skipped without root: every test above then ran as a normal user)',
    async (context) => {
      if (!(await isReadableFor(fileURLToPath(new URL('../../server/main.ts', import.meta.url)))))
        context.skip('the checkout is closed to other users');
      await withFolder(async (folder) => {
        const server = await startServer({ ...of(folder), ...nobody });
        await makeTenant(server, 'As nobody');
        expect((await stat(join(folder, 'postgres'))).uid).toBe(nobody.uid);
        await server.end('SIGKILL');
        const again = await startServer({ ...of(folder), ...nobody });
        expect(await tenantNames(again)).toEqual(['As nobody']);
        expect(await again.end('SIGTERM')).toBe(0);
      }, nobody satisfies User);
    },
  );
});

function of(folder: string): ServerOptions {
  return { env: onFolder(folder) };
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function isReadableFor(file: string): Promise<boolean> {
  for (let path = file; path !== '/'; path = join(path, '..')) if (((await stat(path)).mode & 0o004) === 0) return false;
  return true;
}
