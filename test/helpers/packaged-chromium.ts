import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

export interface PackagedChromium {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

/**
 * Unpacks the Chromium that lies compressed inside an npm package, once a user and version, and says how to start it. It needs libraries
 * and fonts of its own, which a bare machine lacks.
 */
export async function unpackChromium(): Promise<PackagedChromium> {
  const packageDir = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = createRequire(import.meta.url)(join(packageDir, 'package.json')) as { version: string };
  const folder = join(tmpdir(), `parley-chromium-${userInfo().uid}-${version}`);
  if (!existsSync(folder)) await unpackInto(folder, join(packageDir, 'bin'));
  const env = { ...definedEnv(), LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts'), HOME: folder };
  return { executablePath: join(folder, 'chromium'), env };
}

/** The package unpacks into the temporary folder; ours for that moment, then one rename, so that two runs at once do no harm. */
async function unpackInto(folder: string, bin: string): Promise<void> {
  const making = `${folder}.${process.pid}`;
  await mkdir(making, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = making;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    for (const archive of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) await inflate(join(bin, archive));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
