import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

/** What the first script fetches when a page uses it: one ES module per name, under `dist/parley/`. */
const ON_DEMAND = ['manage', 'terms', 'zones'];

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WIDGET = at('widget');

/**
 * Two outputs of one `vite build`: `dist/parley.js`, a classic script without any static import, so that sites can load it with
 * `<script async>`, and the modules it imports on demand, which take what they share with it from `window.Parley.modules`.
 */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: '@dom', development: false } },
  resolve: { alias: { '@dom/jsx-runtime': at('widget/dom/jsx-runtime.ts') } },
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

/** Replaces the files named in `widget/shared-modules.ts` by a look-up, in the modules fetched on demand. */
function takeFromFirstScript(): Plugin {
  const shared = [...readFileSync(at('widget/shared-modules.ts'), 'utf8').matchAll(/^ {2}'(.+)':/gm)].map(([, path]) => path);
  return {
    name: 'parley-take-from-first-script',
    load(id) {
      const path = relative(WIDGET, id);
      if (this.environment.name === 'client' || !shared.includes(path)) return null;
      const names = [
        ...readFileSync(id, 'utf8').matchAll(/^export (?:abstract )?(?:class|const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm),
      ];
      return `export const { ${names.map(([, one, other]) => one ?? other).join(', ')} } = window.Parley.modules['${path}'];`;
    },
  };
}
