import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { ROOT } from './build-widget.ts';
import { clientTypes } from './client-types.ts';

const PACKAGE = join(ROOT, 'dist', 'client');

/** Writes the client's package, ready for `npm publish`, into a folder: one module, its types, what npm wants to know. Answers the module's size. */
export async function buildClient(folder = PACKAGE): Promise<number> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', join(ROOT, 'widget')], {
    stdio: 'inherit',
  });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      // Whoever bundles it makes it small; whoever reads a stack trace wants to read it.
      minify: false,
      lib: { entry: join(ROOT, 'widget', 'api', 'package', 'index.ts'), formats: ['es'], fileName: () => 'index.js' },
    },
  });
  await writeFile(join(folder, 'index.d.ts'), await clientTypes());
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
  await writeFile(join(folder, 'README.md'), await readme());
  await copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  return gzipSync(await readFile(join(folder, 'index.js')), { level: 9 }).length;
}

async function manifest(): Promise<object> {
  const { version, license } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string; license: string };
  return {
    name: '@parley/client',
    version,
    description: 'Client of the Parley scheduling API for browsers and Node.',
    license,
    type: 'module',
    sideEffects: false,
    // `default` lets CommonJS load it too, where Node can `require` a module.
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
    types: './index.d.ts',
    files: ['index.js', 'index.d.ts'],
    engines: { node: '>=20' },
    keywords: ['parley', 'scheduling', 'booking', 'calendar', 'api'],
    publishConfig: { access: 'public' },
  };
}

/** The guide, without the links to its neighbours, which are not in the package. */
async function readme(): Promise<string> {
  const guide = await readFile(join(ROOT, 'docs', 'client.md'), 'utf8');
  return guide.replaceAll(/\[([^\]]+)\]\((?!https?:|#)[^)]+\)/g, '$1');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`  @parley/client ${await buildClient()} bytes gzip in dist/client`);
