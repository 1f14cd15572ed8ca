import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What the first script fetches when a page uses it: one ES module per name, under `dist/parley/`. */
const ON_DEMAND = ['manage'];

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Two outputs of one `vite build`: `dist/parley.js`, a classic script without any static import, so that sites can load it with
 * `<script async>`, and the modules it imports on demand, which may share code among themselves.
 */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: 'dist', emptyOutDir: false, target: 'es2022', minify: true, reportCompressedSize: true, copyPublicDir: false },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: at('widget/index.ts'),
          output: { format: 'iife', entryFileNames: 'parley.js', codeSplitting: false },
        },
      },
    },
    onDemand: {
      consumer: 'client',
      build: {
        rolldownOptions: {
          input: Object.fromEntries(ON_DEMAND.map((name) => [name, at(`widget/on-demand/${name}.ts`)])),
          preserveEntrySignatures: 'strict',
          output: { format: 'es', entryFileNames: 'parley/[name].js', chunkFileNames: 'parley/[name]-[hash].js' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'onDemand']) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`The build knows no environment ${name}.`);
        await builder.build(environment);
      }
    },
  },
});
