import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the widget of the working tree into a folder: half a second, and never an old build. */
export async function buildWidget(outDir: string): Promise<void> {
  const builder = await createBuilder({ configFile: `${ROOT}vite.config.ts`, root: ROOT, logLevel: 'error', build: { outDir } });
  await builder.buildApp();
}
