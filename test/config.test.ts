import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { isLoopback, readConfig, WrongSetting } from '../server/config.ts';

const folders: string[] = [];
let DATA_DIR = '';
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'parley-config-'));
  folders.push(DATA_DIR);
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 2).toString('base64');

describe('a wrong variable stops the start and is named', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PUBLIC_URL', 'parley.example'],
    ['PUBLIC_URL', 'ftp://parley.example'],
    ['DATABASE_URL', 'mysql://localhost/parley'],
    ['DATABASE_URL', 'localhost:5432'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', `${KEY},short`],
    ['SECRET_KEY', Buffer.alloc(31).toString('base64')],
    ['PROCESS_ROLE', 'web'],
    ['SMTP_URL', 'mail.example:25'],
    ['MAIL_FROM', 'Parley <parley@a.example>'],
    ['MAIL_FROM', 'a@a.example, b@b.example'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT', 'maybe'],
    ['DEMO', 'si'],
    ['HOST', 'http://127.0.0.1'],
    ['HOST', 'my host'],
    ['PUBLIC_URL', 'https://parley.example/?a=b'],
    ['PUBLIC_URL', 'https://parley.example/#room'],
    ['SMTP_URL', 'smtp:'],
    ['TRUST_PROXY', 'maybe'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', ','],
    ['TRUST_PROXY', '10.0.0.1, proxy.example'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['OUTBOUND_ALLOW', '127.0.0.1'],
    ['OUTBOUND_ALLOW', '999.0.0.0/8'],
    ['OUTBOUND_ALLOW', '10.0.0.0/33'],
    ['OUTBOUND_ALLOW', '10.0.0.0/8/8'],
    ['OUTBOUND_ALLOW', '::1/129'],
    ['OUTBOUND_ALLOW', '10.0.0.0/8,localhost'],
  ])('%s=%s', (name, value) => {
    expect(() => readConfig({ DATA_DIR, [name]: value })).toThrow(WrongSetting);
    expect(() => readConfig({ DATA_DIR, [name]: value })).toThrow(new RegExp(`^${name} `));
  });

  test.each([
    ['TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_FROM: '+15005550006' }],
    ['SMS_GATEWAY_TOKEN', { SMS_GATEWAY_URL: 'https://sms.example' }],
    ['GOOGLE_CLIENT_SECRET', { GOOGLE_CLIENT_ID: 'a' }],
    ['MICROSOFT_CLIENT_ID', { MICROSOFT_CLIENT_SECRET: 'a' }],
    ['SECRET_KEY', { DATABASE_URL: 'postgresql://localhost/parley' }],
  ])('%s is missed beside the others', (name, env) => {
    expect(() => readConfig({ DATA_DIR, ...env })).toThrow(new RegExp(`^${name} is (missing|required)`));
  });

  test('the message never repeats a secret', () => {
    const secrets = {
      SECRET_KEY: 'c2hvcnQ=topsecret',
      DATABASE_URL: 'mysql://parley:topsecret@localhost/parley',
      SMTP_URL: 'http://user:topsecret@mail.example',
    };
    for (const [name, value] of Object.entries(secrets)) {
      const caught = catchFrom(() => readConfig({ DATA_DIR, [name]: value }));
      expect(caught.message).toContain(name);
      expect(caught.message).not.toContain('topsecret');
    }
  });
});

describe('what is missing has a safe default', () => {
  test('the defaults of a laptop', () => {
    expect(readConfig({ DATA_DIR })).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: DATA_DIR,
      databaseUrl: null,
      processRole: 'all',
      smtpUrl: null,
      mailFrom: 'parley@localhost',
      twilio: null,
      smsGateway: null,
      google: null,
      microsoft: null,
      outboundAllow: [],
      trustProxy: false,
      logLevel: 'info',
      rateLimit: true,
      demo: true,
      devPages: true,
    });
  });

  test('an empty variable counts as missing', () => {
    expect(readConfig({ DATA_DIR, PORT: '', PUBLIC_URL: ' ', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test('the demo and the pages for developers are off where others can reach them', () => {
    expect(readConfig({ DATA_DIR, PUBLIC_URL: 'https://parley.example/' })).toMatchObject({
      publicUrl: 'https://parley.example',
      demo: false,
      devPages: false,
    });
    expect(readConfig({ DATA_DIR, DATABASE_URL: 'postgresql://localhost/parley', SECRET_KEY: KEY })).toMatchObject({
      demo: false,
      devPages: true,
    });
    expect(readConfig({ DATA_DIR, PUBLIC_URL: 'https://parley.example', DEMO: 'on' }).demo).toBe(true);
  });

  test.each([
    ['off', false],
    ['on', true],
    ['loopback, 10.0.0.7,fd00::/8', 'loopback,10.0.0.7,fd00::/8'],
  ])('TRUST_PROXY=%s trusts no more than it says', (value, expected) => {
    expect(readConfig({ DATA_DIR, TRUST_PROXY: value }).trustProxy).toBe(expected);
  });

  test('addresses of both kinds, ranges and names are taken', () => {
    expect(readConfig({ DATA_DIR, OUTBOUND_ALLOW: '127.0.0.0/8, ::1/128' }).outboundAllow).toEqual(['127.0.0.0/8', '::1/128']);
    for (const host of ['0.0.0.0', '::', 'localhost', 'api-1.internal']) expect(readConfig({ DATA_DIR, HOST: host }).host).toBe(host);
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://127.8.0.1', true],
    ['http://[::1]:3000', true],
    ['http://localhost.evil.example', false],
    ['http://127.0.0.1.evil.example', false],
    ['http://0.0.0.0:3000', false],
    ['http://192.168.0.4', false],
  ])('%s leads to this machine only: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });
});

describe('secrets', () => {
  test('are made once, kept in files only the owner may read, and stay the same', () => {
    const first = readConfig({ DATA_DIR });
    for (const name of ['admin-key', 'secret-key']) expect(statSync(join(DATA_DIR, name)).mode & 0o777).toBe(0o600);
    expect(first.adminKey).toMatch(/^ak_[\w-]{32}$/);
    expect(first.adminKey).toBe(readFileSync(join(DATA_DIR, 'admin-key'), 'utf8').trim());
    expect(first.secretKeys[0]).toHaveLength(32);
    const second = readConfig({ DATA_DIR });
    expect([second.adminKey, second.secretKeys]).toEqual([first.adminKey, first.secretKeys]);
  });

  test('lie in a folder that is made for the owner alone', () => {
    const own = join(DATA_DIR, 'own');
    readConfig({ DATA_DIR: own });
    expect(statSync(own).mode & 0o777).toBe(0o700);
  });

  test('differ from one installation to the next', () => {
    const other = mkdtempSync(join(tmpdir(), 'parley-config-'));
    folders.push(other);
    expect(readConfig({ DATA_DIR }).adminKey).not.toBe(readConfig({ DATA_DIR: other }).adminKey);
  });

  test('given in the environment are used and written nowhere', () => {
    const config = readConfig({ DATA_DIR, ADMIN_KEY: 'ak_mine', SECRET_KEY: `${OTHER_KEY}, ${KEY}` });
    expect(config.adminKey).toBe('ak_mine');
    expect(config.secretKeys.map((key) => Buffer.from(key).toString('base64'))).toEqual([OTHER_KEY, KEY]);
    expect(() => statSync(join(DATA_DIR, 'admin-key'))).toThrow('ENOENT');
  });

  test('a kept secret that was cut short is refused by name, not replaced', () => {
    writeFileSync(join(DATA_DIR, 'secret-key'), 'cut\n', { mode: 0o600 });
    expect(() => readConfig({ DATA_DIR })).toThrow(/^SECRET_KEY /);
    writeFileSync(join(DATA_DIR, 'secret-key'), `${KEY}\n`);
    writeFileSync(join(DATA_DIR, 'admin-key'), '\n');
    expect(() => readConfig({ DATA_DIR })).toThrow(/admin-key is empty/);
  });

  test('a folder that cannot be written is named', () => {
    const file = join(DATA_DIR, 'a-file');
    writeFileSync(file, '');
    expect(() => readConfig({ DATA_DIR: join(file, 'below') })).toThrow(/^DATA_DIR/);
  });
});

function catchFrom(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
