import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

/** What the first script fetches when a page uses it: one ES module per name, under `dist/parley/`. */
const ON_DEMAND = ['book', 'manage', 'notice', 'acknowledge', 'meetings', 'availability', 'zones', 'page', 'own-calendar'];

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WIDGET = at('widget');
const SHARED = '\0shared:';

/**
 * The outputs of one `vite build`: `dist/parley.js`, a classic script without any static import, so that sites can load it with
 * `<script async>`, and the modules it imports on demand, which take what they share with it from `window.Parley.modules`.
 */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  // The classic form is the smaller one: children are plain arguments, and no second runtime is needed.
  oxc: {
    jsx: { runtime: 'classic', pragma: 'jsxH', pragmaFrag: 'JsxFragment', development: false },
    jsxInject: "import { Fragment as JsxFragment, h as jsxH } from 'preact';",
  },
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
    ...Object.fromEntries(ON_DEMAND.map((name) => [environmentOf(name), moduleBuild(name)])),
    words: wordsBuild(),
    api: clientBuild(),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', ...ON_DEMAND.map(environmentOf), 'words', 'api']) {
        const environment = builder.environments[name];
        if (environment === undefined) throw new Error(`The build knows no environment ${name}.`);
        await builder.build(environment);
      }
    },
  },
});

/** Environments may not have a hyphen in their names. */
function environmentOf(name: string): string {
  return name.replaceAll('-', '_');
}

function moduleBuild(name: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input: at(`widget/on-demand/${name}.ts`),
        preserveEntrySignatures: 'exports-only',
        output: { format: 'es', entryFileNames: `parley/${name}.js`, codeSplitting: false },
      },
    },
  };
}

/** The client of the API for pages without a bundler: `dist/parley/client.js`, which works without the first script. */
function clientBuild(): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input: at('widget/api/package/index.ts'),
        preserveEntrySignatures: 'exports-only',
        // What is put before every file for JSX is not needed here.
        treeshake: { moduleSideEffects: false },
        output: { format: 'es', entryFileNames: 'parley/client.js', codeSplitting: false },
      },
    },
  };
}

/** The words of each language are modules of their own: `widget/i18n/de/words.ts` becomes `parley/i18n/de.js`, `meetings-words.ts` `de-meetings.js`. */
function wordsBuild(): EnvironmentOptions {
  const folder = at('widget/i18n');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('words.ts') && file.includes('/'),
  );
  const nameOf = (file: string) => file.replace(/\/words\.ts$/, '').replace(/\/(.+)-words\.ts$/, '-$1');
  return {
    consumer: 'client',
    build: {
      rolldownOptions: {
        input: Object.fromEntries(files.map((file) => [nameOf(file), join(folder, file)])),
        preserveEntrySignatures: 'exports-only',
        output: { format: 'es', entryFileNames: 'parley/i18n/[name].js' },
      },
    },
  };
}

/**
 * `window.Parley.modules` is the list in `widget/shared-modules.ts`. In the modules fetched on demand, an import of one of the files it
 * imports becomes a look-up there by place.
 */
function takeFromFirstScript(): Plugin {
  const text = readFileSync(at('widget/shared-modules.ts'), 'utf8');
  const split = (list = '') =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  const order = split(/= \[([^\]]+)\];/.exec(text)?.[1]);
  const lists = new Map(
    [...text.matchAll(/^import \{([^}]+)\} from '(.+)';/gm)].map(([, list, from = '']) => [
      from.startsWith('.') ? join(WIDGET, from) : from,
      split(list),
    ]),
  );
  return {
    name: 'parley-take-from-first-script',
    enforce: 'pre',
    resolveId(source, importer) {
      if (['client', 'api'].includes(this.environment.name) || importer === undefined) return null;
      const from = source.startsWith('.') ? join(dirname(importer), source) : source;
      return lists.has(from) ? SHARED + from : null;
    },
    load(id) {
      if (!id.startsWith(SHARED)) return null;
      const names = lists.get(id.slice(SHARED.length)) ?? [];
      const code = names.map((name) => `export const ${name} = window.Parley.modules[${order.indexOf(name)}];`).join('\n');
      return { code, moduleSideEffects: false };
    },
  };
}
