import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildWidget, ROOT } from './build-widget.ts';

buildWidget();
const vite = spawn(process.execPath, [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--watch', '--logLevel', 'warn'], {
  cwd: ROOT,
  stdio: 'inherit',
});
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(ROOT, 'server', 'main.ts')], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    vite.kill(signal);
    server.kill(signal);
  });
}
server.on('exit', (code) => {
  vite.kill();
  process.exitCode = code ?? 0;
});
