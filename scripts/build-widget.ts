import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds `dist/` when it is missing or older than what it is made from; answers whether it built. */
export function buildWidget(): boolean {
  const built = join(ROOT, 'dist', 'parley.js');
  const sources = ['widget', 'shared', 'vite.config.ts', 'package.json'].map((name) => newest(join(ROOT, name)));
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources)) return false;
  execFileSync(process.execPath, [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return true;
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
