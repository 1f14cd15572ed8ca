import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../server/http/version.ts';
import { brokenRules } from './floors/floor-rules.ts';
import type { SourceFile } from './floors/source-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('the floors', () => {
  const files = ['shared', 'server', 'widget'].flatMap(readFolder);

  test('there are files of every floor to look at, or the rule below would hold for nothing', () => {
    for (const folder of ['shared/contract/', 'server/domain/', 'server/adapters/', 'server/flows/', 'server/http/routes/', 'widget/'])
      expect(files.filter(({ path }) => path.startsWith(folder)).length, folder).toBeGreaterThan(3);
  });

  test('every file imports its own floor and those below only, and the lower ones know no clock, luck or outside', () => {
    expect(files.flatMap(brokenRules)).toEqual([]);
  });
});

describe('the rule bites', () => {
  test.each([
    ['shared imports the server', 'shared/time/x.ts', "import { a } from '../../server/config.ts';"],
    ['shared outside contract takes a package', 'shared/time/x.ts', "import Type from 'typebox';"],
    ['shared uses Node', 'shared/time/x.ts', "import { readFileSync } from 'node:fs';"],
    ['the domain imports an adapter, even a type', 'server/domain/slots/x.ts', "import type { Db } from '../../adapters/db/schema.ts';"],
    ['the domain imports a package', 'server/domain/x.ts', "import { addDays } from 'date-fns';"],
    ['an adapter imports a flow', 'server/adapters/db/x.ts', "import { book } from '../../flows/book.ts';"],
    ['a flow imports http', 'server/flows/x.ts', "import { VERSION } from '../http/version.ts';"],
    ['a flow imports the clock', 'server/flows/x.ts', "import { systemClock } from '../adapters/clock.ts';"],
    ['a flow imports the mailer', 'server/flows/x.ts', "import { smtpMailer } from '../adapters/mail/smtp-mailer.ts';"],
    ['a flow migrates', 'server/flows/x.ts', "import { migrateDatabase } from '../adapters/db/migrate.ts';"],
    ['a flow imports without names', 'server/flows/x.ts', "import '../http/app.ts';"],
    ['a flow imports later', 'server/flows/x.ts', "const app = await import('../http/app.ts');"],
    ['a flow hands on what it may not import', 'server/flows/x.ts', "export { buildApp } from '../http/app.ts';"],
    ['a route reads a table', 'server/http/routes/x.ts', "import { findHost } from '../../adapters/db/hosts.ts';"],
    ['a route knows even the type of an adapter', 'server/http/routes/x.ts', "import type { Db } from '../../adapters/db/schema.ts';"],
    ['http reads a table', 'server/http/x.ts', "import { findHost } from '../adapters/db/hosts.ts';"],
    ['the widget takes a schema', 'widget/views/x.tsx', "import { Booking } from '../../shared/contract/booking.ts';"],
    ['the widget keeps the import of a type', 'widget/x.ts', "import { type Booking } from '../shared/contract/booking.ts';"],
    ['the widget imports the server', 'widget/x.ts', "import type { Db } from '../server/adapters/db/schema.ts';"],
    ['the widget takes another package', 'widget/x.ts', "import { format } from 'date-fns';"],
    ['the domain reads the clock', 'server/domain/x.ts', 'export const now = () => Date.now();'],
    ['the domain makes a Date of now', 'server/domain/x.ts', 'export const now = () => new Date();'],
    ['the domain throws dice', 'server/domain/x.ts', 'export const id = () => Math.random();'],
    ['the domain reads the environment', 'server/domain/x.ts', "export const a = process.env['TZ'];"],
    ['the domain fetches', 'server/domain/x.ts', "export const a = () => fetch('https://a.example');"],
    ['the domain prints', 'server/domain/x.ts', "console.log('a');"],
    ['the domain sets a timer', 'server/domain/x.ts', 'setTimeout(() => {}, 10);'],
    ['the domain waits', 'server/domain/x.ts', 'export async function a() {}'],
    ['a flow reads the clock itself', 'server/flows/x.ts', 'const now = Date.now();'],
    ['a route reads the clock itself', 'server/http/routes/x.ts', 'const now = new Date();'],
    ['an adapter reads the environment', 'server/adapters/x.ts', "const a = process.env['SMTP_URL'];"],
    ['the launcher reads more than PATH', 'server/adapters/db/embedded/server-place.ts', "process.env['PATH'] + process.env['HOME']"],
    ['a file lies on no floor', 'tools/x.ts', 'export const a = 1;'],
  ])('%s', (_name, path, text) => {
    expect(brokenRules({ path, text })).not.toEqual([]);
  });

  test.each([
    ['a comment speaks of the clock', 'server/domain/x.ts', '/** Never Date.now(). */\n// await\nexport const a = 1;'],
    ['a sentence holds a forbidden word', 'server/domain/x.ts', "export const text = 'Please await our answer';"],
    ['an address is no comment', 'server/domain/x.ts', "export const url = 'https://a.example';"],
    ['a Date is made of an argument', 'server/domain/x.ts', 'export const at = (ms: number) => new Date(ms);'],
    ['the widget takes a type', 'widget/x.ts', "import type { Booking } from '../shared/contract/booking.ts';"],
    ['the widget screens as it types', 'widget/x.ts', "import { hint } from '../shared/screening/hint.ts';"],
    ['a flow imports the database', 'server/flows/x.ts', "import { findHost } from '../adapters/db/hosts.ts';"],
    ['a flow names the type of what it is given', 'server/flows/x.ts', "import type { Clock } from '../adapters/clock.ts';"],
  ])('and lets pass: %s', (_name, path, text) => {
    expect(brokenRules({ path, text })).toEqual([]);
  });
});

test('the version that addresses name is that of package.json', () => {
  expect(VERSION).toBe((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version);
});

function readFolder(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => {
      const path = join(folder, name);
      return { path: path.replaceAll('\\', '/'), text: readFileSync(join(ROOT, path), 'utf8') };
    });
}
