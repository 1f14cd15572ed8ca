import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

/** What the first script fetches when a page uses it: one ES module per name, under `dist/parley/`. */
const ON_DEMAND = ['manage', 'terms', 'zones'];

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WIDGET = at('widget');
const SHARED = '\0shared:';

/**
 * Two outputs of one `vite build`: `dist/parley.js`, a classic script without any static import, so that sites can load it with
 * `<script async>`, and the modules it imports on demand, which take what they share with it from `window.Parley.modules`.
 */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [takeFromFirstScript()],
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari18'],
    minify: true,
    copyPublicDir: false,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: at('widget/index.ts'),
          output: { format: 'iife', entryFileNames: 'parley.js', codeSplitting: false },
        },
      },
    },
    ...Object.fromEntries(ON_DEMAND.map((name) => [name, moduleBuild(name)])),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', ...ON_DEMAND]) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`The build knows no environment ${name}.`);
        await builder.build(environment);
      }
    },
  },
});

function moduleBuild(name: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input: at(`widget/on-demand/${name}.ts`),
        output: { format: 'es', entryFileNames: `parley/${name}.js`, codeSplitting: false },
      },
    },
  };
}

/** In the modules fetched on demand, replaces what `widget/shared-modules.ts` imports by a look-up of the same names. */
function takeFromFirstScript(): Plugin {
  const imports = readFileSync(at('widget/shared-modules.ts'), 'utf8').matchAll(/^import \{ (.+) \} from '(.+)';/gm);
  const names = new Map([...imports].map(([, list, from]) => [from?.startsWith('.') ? join(WIDGET, from) : from, list]));
  return {
    name: 'parley-take-from-first-script',
    enforce: 'pre',
    resolveId(source, importer) {
      if (this.environment.name === 'client' || importer === undefined) return null;
      const from = source.startsWith('.') ? join(dirname(importer), source) : source;
      return names.has(from) ? SHARED + from : null;
    },
    load(id) {
      return id.startsWith(SHARED) ? `export const { ${names.get(id.slice(SHARED.length))} } = window.Parley.modules;` : null;
    },
  };
}
