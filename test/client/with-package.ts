import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildClient } from '../../scripts/build-client.ts';
import { ROOT } from '../../scripts/build-widget.ts';

const run = promisify(execFile);
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

/** A project of somebody else's, with the client from a registry's tarball in its `node_modules` and nothing else. */
export interface Project {
  readonly folder: string;
  /** Bytes of the module, gzip. */
  readonly bytes: number;
  /** What the tarball holds. */
  readonly packed: readonly string[];
  readonly write: (name: string, text: string) => Promise<void>;
  /** Runs a file with Node and answers what it printed. */
  readonly run: (name: string, env?: Record<string, string>) => Promise<string>;
  /** What `tsc --strict` says about the files, in a Node project or in one that is bundled for browsers; empty when it is content. */
  readonly check: (world: 'node' | 'browser', ...names: string[]) => Promise<string>;
}

/** Builds the package, packs it as `npm publish` would, and installs it in an empty project without a network. */
export async function withPackage<T>(use: (project: Project) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-client-'));
  try {
    const built = join(folder, 'built');
    const bytes = await buildClient(built);
    const home = join(folder, 'home');
    const npm = (cwd: string, ...args: string[]) =>
      run('npm', [...args, '--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'cache')], {
        cwd,
        env: { ...process.env, HOME: home },
      });
    const [tarball] = JSON.parse((await npm(built, 'pack', '--json', '--pack-destination', folder)).stdout) as {
      filename: string;
      files: { path: string }[];
    }[];
    if (tarball === undefined) throw new Error('npm packed nothing');
    const project = join(folder, 'project');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'somebody', private: true, type: 'module' }));
    await npm(project, 'install', join(folder, tarball.filename));
    return await use({
      folder: project,
      bytes,
      packed: tarball.files.map(({ path }) => path).toSorted(),
      write: (name, text) => writeFile(join(project, name), text),
      run: async (name, env = {}) =>
        (await run(process.execPath, [name], { cwd: project, env: { PATH: process.env['PATH'], ...env } })).stdout,
      check: (world, ...names) => check(project, world, names),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function check(project: string, world: 'node' | 'browser', names: readonly string[]): Promise<string> {
  const worlds = {
    node: {
      module: 'nodenext',
      moduleResolution: 'nodenext',
      lib: ['ES2023'],
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules', '@types')],
    },
    browser: { module: 'esnext', moduleResolution: 'bundler', lib: ['ES2023', 'DOM'], types: [] },
  };
  const compilerOptions = { ...worlds[world], target: 'es2023', strict: true, noEmit: true, allowImportingTsExtensions: true };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: names }));
  return run(process.execPath, [TSC, '-p', project, '--pretty', 'false']).then(
    ({ stdout }) => stdout,
    ({ stdout, message }: Error & { stdout?: string }) => stdout ?? message,
  );
}

/** The code blocks of a language in a guide, in order. */
export async function blocksOf(guide: string, language: string): Promise<string[]> {
  const text = await readFile(join(ROOT, 'docs', guide), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , code = '']) => code);
}
