import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';
import { afterAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let built: Promise<string> | null = null;

afterAll(async () => {
  const folder = await built?.catch(() => null);
  if (folder != null) await rm(folder, { recursive: true, force: true });
});

/** The folder of the widget, built from the working tree for the first test of a file that asks: never an old build. */
export async function builtWidget(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'parley-widget-'));
  const builder = await createBuilder({ configFile: `${ROOT}vite.config.ts`, root: ROOT, logLevel: 'error', build: { outDir } });
  await builder.buildApp();
  return outDir;
}
