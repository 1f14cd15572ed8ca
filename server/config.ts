import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';

/** Every setting, read once. See docs/self-hosting.md for what each means. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly adminKey: string;
  /** 32 bytes each, newest first. */
  readonly secretKeys: readonly Uint8Array[];
  readonly processRole: 'http' | 'worker' | 'all';
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly twilio: { readonly accountSid: string; readonly authToken: string; readonly from: string; readonly apiUrl: string } | null;
  readonly smsGateway: { readonly url: string; readonly token: string } | null;
  readonly google: OAuthClient | null;
  readonly microsoft: OAuthClient | null;
  /** Address ranges (CIDR) that outbound requests may reach besides public ones. */
  readonly outboundAllow: readonly string[];
  /** Whose word on the visitor's address counts: nobody's, everybody's, or that of these addresses, separated by commas. */
  readonly trustProxy: boolean | string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly rateLimit: boolean;
  readonly demo: boolean;
  readonly devPages: boolean;
}

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiUrl: string | null;
  readonly oauthUrl: string | null;
}

/** Thrown for a variable that is wrong; the message names it. */
export class WrongSetting extends Error {}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. A wrong one is an error that names it; a missing one has a safe default. Secrets that are missing are generated into
 * `DATA_DIR` (files 0600) when the database is embedded too; with `DATABASE_URL` the secret key must be given, since several processes share it.
 */
export function readConfig(env: Env): Config {
  const host = hostOf(env);
  const port = integer(env, 'PORT', 0, 65_535) ?? 3000;
  const publicUrl = httpUrl(env, 'PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const dataDir = resolve(text(env, 'DATA_DIR') ?? 'data');
  const databaseUrl = databaseUrlOf(env);
  const isLocal = isLoopback(publicUrl);
  return Object.freeze({
    port,
    host,
    publicUrl,
    dataDir,
    databaseUrl,
    adminKey: text(env, 'ADMIN_KEY') ?? keptSecret(dataDir, 'admin-key', () => `ak_${randomBytes(24).toString('base64url')}`),
    secretKeys: secretKeys(env, databaseUrl, dataDir),
    processRole: choice(env, 'PROCESS_ROLE', ['http', 'worker', 'all']) ?? 'all',
    smtpUrl: smtpUrl(env),
    mailFrom:
      mailAddress(env, 'MAIL_FROM') ?? `parley@${new URL(publicUrl).hostname === '127.0.0.1' ? 'localhost' : new URL(publicUrl).hostname}`,
    twilio: twilio(env),
    smsGateway: smsGateway(env),
    google: oauthClient(env, 'GOOGLE'),
    microsoft: oauthClient(env, 'MICROSOFT'),
    outboundAllow: cidrs(env, 'OUTBOUND_ALLOW'),
    trustProxy: trustProxy(env),
    logLevel: choice(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) ?? 'info',
    rateLimit: flag(env, 'RATE_LIMIT') ?? true,
    demo: flag(env, 'DEMO') ?? (databaseUrl === null && isLocal),
    devPages: flag(env, 'DEV_PAGES') ?? isLocal,
  });
}

/** Whether an address leads to this machine only. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function text(env: Env, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

function integer(env: Env, name: string, least: number, most: number): number | null {
  const value = text(env, name);
  if (value === null) return null;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most)
    throw new WrongSetting(`${name} must be a whole number from ${least} to ${most}, not "${value}"`);
  return number;
}

function choice<const V extends readonly string[]>(env: Env, name: string, values: V): V[number] | null {
  const value = text(env, name);
  if (value === null) return null;
  if (!values.includes(value)) throw new WrongSetting(`${name} must be one of ${values.join(', ')}, not "${value}"`);
  return value;
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  '1': true,
  yes: true,
  false: false,
  off: false,
  '0': false,
  no: false,
};

function flag(env: Env, name: string): boolean | null {
  const value = text(env, name)?.toLowerCase() ?? null;
  if (value === null) return null;
  const read = FLAGS[value];
  if (read === undefined) throw new WrongSetting(`${name} must be on or off, not "${value}"`);
  return read;
}

function urlWith(env: Env, name: string, protocols: readonly string[]): string | null {
  const value = text(env, name);
  if (value === null) return null;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
    throw new WrongSetting(`${name} must be an address that starts with ${protocols.join(' or ')}`);
  return value;
}

/** Without a slash at the end. Paths are appended to it, so it ends with its own. */
function httpUrl(env: Env, name: string): string | null {
  const value = urlWith(env, name, ['http:', 'https:']);
  if (value === null) return null;
  const { search, hash } = new URL(value);
  if (search !== '' || hash !== '' || /[?#]$/.test(value)) throw new WrongSetting(`${name} must be an address without ? and #`);
  return value.replace(/\/+$/, '');
}

function smtpUrl(env: Env): string | null {
  const value = urlWith(env, 'SMTP_URL', ['smtp:', 'smtps:']);
  if (value !== null && new URL(value).hostname === '') throw new WrongSetting('SMTP_URL names no server');
  return value;
}

/** An address of this machine, or a name that leads to one. */
function hostOf(env: Env): string {
  const value = text(env, 'HOST') ?? '127.0.0.1';
  if (isIP(value) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value))
    throw new WrongSetting(`HOST must be an address such as 127.0.0.1 or 0.0.0.0, or a name, not "${value}"`);
  return value;
}

function databaseUrlOf(env: Env): string | null {
  return urlWith(env, 'DATABASE_URL', ['postgres:', 'postgresql:']);
}

function mailAddress(env: Env, name: string): string | null {
  const value = text(env, name);
  if (value !== null && !/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(value))
    throw new WrongSetting(`${name} must be one plain mail address, not "${value}"`);
  return value;
}

function secretKeys(env: Env, databaseUrl: string | null, dataDir: string): Uint8Array[] {
  const value = text(env, 'SECRET_KEY');
  if (value === null && databaseUrl !== null)
    throw new WrongSetting('SECRET_KEY is required with DATABASE_URL: 32 bytes in base64, for example from `openssl rand -base64 32`');
  const given = value ?? keptSecret(dataDir, 'secret-key', () => randomBytes(32).toString('base64'));
  return given.split(',').map((part) => {
    const key = Buffer.from(part.trim(), 'base64');
    if (key.length !== 32)
      throw new WrongSetting('SECRET_KEY must be 32 bytes in base64; several are separated by commas, the newest first');
    return key;
  });
}

function keptSecret(dataDir: string, name: string, make: () => string): string {
  const file = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) writeOnce(file, `${make()}\n`);
    const kept = readFileSync(file, 'utf8').trim();
    if (kept !== '') return kept;
  } catch (error) {
    throw new WrongSetting(`DATA_DIR: ${file} cannot be written and read: ${(error as Error).message}`, { cause: error });
  }
  throw new WrongSetting(`DATA_DIR: ${file} is empty; put the secret back, or remove the file to get a new one`);
}

/** Whole or not at all, whoever is first: written beside, then linked under its name, or renamed where there are no links. */
function writeOnce(file: string, text: string): void {
  const making = `${file}.${randomBytes(4).toString('hex')}`;
  writeFileSync(making, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(making, file);
  } catch (error) {
    // EEXIST: another process made it between the look and the link.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(making, file);
  } finally {
    rmSync(making, { force: true });
  }
}

/** All of them, or none: half a configuration is a mistake somebody wants to hear of. */
function together<const N extends readonly string[]>(env: Env, names: N): Record<N[number], string> | null {
  const missing = names.filter((name) => text(env, name) === null);
  if (missing.length === names.length) return null;
  const [first] = missing;
  if (first !== undefined)
    throw new WrongSetting(`${first} is missing; it is needed together with ${names.filter((name) => name !== first).join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, text(env, name)])) as Record<N[number], string>;
}

function twilio(env: Env): Config['twilio'] {
  const given = together(env, ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']);
  if (given === null) return null;
  return {
    accountSid: given.TWILIO_ACCOUNT_SID,
    authToken: given.TWILIO_AUTH_TOKEN,
    from: given.TWILIO_FROM,
    apiUrl: httpUrl(env, 'TWILIO_API_URL') ?? 'https://api.twilio.com',
  };
}

function smsGateway(env: Env): Config['smsGateway'] {
  const given = together(env, ['SMS_GATEWAY_URL', 'SMS_GATEWAY_TOKEN']);
  return given === null ? null : { url: httpUrl(env, 'SMS_GATEWAY_URL') ?? given.SMS_GATEWAY_URL, token: given.SMS_GATEWAY_TOKEN };
}

function oauthClient(env: Env, provider: 'GOOGLE' | 'MICROSOFT'): OAuthClient | null {
  const given = together(env, [`${provider}_CLIENT_ID`, `${provider}_CLIENT_SECRET`]);
  if (given === null) return null;
  const clientId = given[`${provider}_CLIENT_ID`] ?? '';
  const clientSecret = given[`${provider}_CLIENT_SECRET`] ?? '';
  return { clientId, clientSecret, apiUrl: httpUrl(env, `${provider}_API_URL`), oauthUrl: httpUrl(env, `${provider}_OAUTH_URL`) };
}

function cidrs(env: Env, name: string): string[] {
  const parts = listOf(text(env, name) ?? '');
  for (const part of parts) {
    if (!isRange(part)) throw new WrongSetting(`${name} must be address ranges such as 127.0.0.0/8, not "${part}"`);
  }
  return parts;
}

/** Names that stand for ranges of addresses nobody outside has. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** `1` is refused: elsewhere it means one proxy, and here it would trust whatever the visitor claims. */
function trustProxy(env: Env): boolean | string {
  const value = text(env, 'TRUST_PROXY')?.toLowerCase() ?? 'off';
  const read = value === '1' ? undefined : FLAGS[value];
  if (read !== undefined) return read;
  const parts = listOf(value);
  if (parts.length === 0) throw new WrongSetting('TRUST_PROXY names no address');
  for (const part of parts) {
    if (!NAMED_RANGES.includes(part) && isIP(part) === 0 && !isRange(part))
      throw new WrongSetting(`TRUST_PROXY must be on, off, or the addresses of your proxies such as 10.0.0.0/8, not "${part}"`);
  }
  return parts.join(',');
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isRange(value: string): boolean {
  const [address = '', bits = ''] = value.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return value.split('/').length === 2 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}
