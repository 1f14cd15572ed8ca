import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './build-widget.ts';

/** The first script must stay this small: everything needed to book. */
const MOST_GZIP_BYTES = 15 * 1024;

const bin = (name: string) => join(ROOT, 'node_modules', '.bin', name);
const checks: [string, () => boolean][] = [
  ['lint', () => run(bin('oxlint'), '--type-aware', '--deny-warnings', 'server', 'shared', 'widget', 'migrations', 'scripts', 'test')],
  ['format', () => run(bin('prettier'), '--check', '--log-level', 'warn', '.')],
  ['types', () => run(bin('tsc'), '-b')],
  ['build', () => run(process.execPath, join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn')],
  ['size', checkSize],
  ['client', () => run(process.execPath, join(ROOT, 'scripts', 'build-client.ts'))],
];

let failed = 0;
for (const [name, check] of checks) {
  const before = performance.now();
  const passed = check();
  if (!passed) failed += 1;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${Math.round(performance.now() - before)} ms)`);
}
console.log(`checks: ${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function checkSize(): boolean {
  const file = join(ROOT, 'dist', 'parley.js');
  if (!existsSync(file)) return false;
  const bytes = gzipSync(readFileSync(file), { level: 9 }).length;
  console.log(`  parley.js ${bytes} bytes gzip of at most ${MOST_GZIP_BYTES}`);
  return bytes <= MOST_GZIP_BYTES;
}
