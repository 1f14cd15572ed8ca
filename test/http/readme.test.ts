import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDatabase } from '../helpers/database.ts';
import { ADMIN_KEY, onDatabase, withServers } from '../helpers/servers.ts';

test('the commands of the README work as printed, from the first tenant to a booking', async () => {
  const commands = readCommands();
  expect(commands).toContain('http://127.0.0.1:3000');
  await withDatabase(async ({ url }) => {
    await withServers([{ env: onDatabase(url) }], async ([server]) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-readme-'));
      try {
        mkdirSync(join(folder, 'data'));
        writeFileSync(join(folder, 'data', 'admin-key'), ADMIN_KEY);
        const printed = execFileSync('bash', ['-euo', 'pipefail', '-c', commands.replaceAll('http://127.0.0.1:3000', server?.url ?? '')], {
          cwd: folder,
          encoding: 'utf8',
        });
        expect(printed).toContain('"externalId":"u_81"');
        expect(printed).toContain('"timeZone":"America/New_York","hostTimeZone":"Asia/Kathmandu"');
        expect(printed).toMatch(/"id":"bkg_\w+","status":"confirmed"/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});

/** The block of shell under "Call it". */
function readCommands(): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return /## Call it[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
}
