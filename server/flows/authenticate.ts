import { decodeJwt, errors, jwtVerify } from 'jose';
import { sha256Hex } from '../adapters/crypto.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { findApiKeyByHash, findTenant } from '../adapters/db/tenants.ts';
import { RoomTokenClaims } from '../../shared/contract/room-token.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { readToken, tenantOfToken } from './booking-tokens.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import { meetRoomPerson } from './meet-room-person.ts';

type Publishable = Extract<Caller, { kind: 'publishable' }>;

/** Clocks of the marketplace and ours may differ by this much. */
const SKEW_SECONDS = 30;
const LONGEST_TOKEN_SECONDS = 3600;
/** A key is looked up again after this long even if nobody said that it changed. */
const KEY_KEPT_MS = 60_000;

/** A secret or publishable key. */
export async function authenticateKey(deps: Deps, key: string): Promise<Outcome<Caller>> {
  const tenantId = tenantOfToken(key);
  if (tenantId === null) return refuse('unauthenticated', { detail: 'The key is not known.' });
  const hash = sha256Hex(key);
  const cacheKey = `key ${hash}`;
  const nowMs = deps.clock.nowMs();
  const kept = deps.cache.get<Caller>(tenantId, cacheKey, nowMs);
  if (kept !== undefined) return succeed(kept);
  const mark = deps.cache.mark(tenantId);
  const row = await findApiKeyByHash(deps.db, tenantId, Buffer.from(hash, 'hex'));
  if (row === undefined) return refuse('unauthenticated', { detail: 'The key is not known.' });
  const tenant = { id: row.tenant_id, settings: row.settings };
  const caller: Caller =
    row.kind === 'secret'
      ? { kind: 'secret', tenant, keyId: row.key_id, scopes: row.scopes }
      : { kind: 'publishable', tenant, keyId: row.key_id };
  deps.cache.put(tenantId, cacheKey, caller, { mark, untilMs: nowMs + KEY_KEPT_MS, hostIds: [] });
  return succeed(caller);
}

/** A manage token; it ends with its booking, some days after. */
export async function authenticateManageToken(deps: Deps, token: string): Promise<Outcome<Caller>> {
  const holder = await readToken(deps, 'manage', token);
  return holder.ok ? succeed({ kind: 'manage', ...holder.value }) : holder;
}

/** A room token: an HS256 JWT (RFC 7519) under the tenant's embed secret, at most an hour long; the secret before the last rotation is good for a day. */
export async function authenticateRoomToken(deps: Deps, caller: Publishable, token: string): Promise<Outcome<Caller>> {
  const tenant = await findTenant(deps.db, caller.tenant.id);
  if (tenant === undefined) return refuse('unauthenticated');
  const nowMs = deps.clock.nowMs();
  const secrets = [tenant.embed_secret];
  if (tenant.previous_embed_secret !== null && (tenant.previous_embed_secret_until?.getTime() ?? 0) > nowMs)
    secrets.push(tenant.previous_embed_secret);
  let refused = refuse('unauthenticated', { detail: 'The room token is not signed by this tenant.' });
  for (const sealed of secrets) {
    const checked = await verify(token, deps.vault.open(sealed, `embed:${caller.tenant.id}`), nowMs);
    if (checked === 'valid') {
      const read = await readClaims(deps, caller, token, nowMs);
      if (read.ok && read.value.kind === 'room') await meetRoomPerson(deps, read.value, token);
      return read;
    }
    if (checked === 'expired') refused = refuse('token_expired', { detail: 'The room token has expired; ask your backend for a new one.' });
  }
  return refused;
}

async function verify(token: string, secret: string, nowMs: number): Promise<'valid' | 'expired' | 'foreign'> {
  try {
    await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
    });
    return 'valid';
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'expired' : 'foreign';
  }
}

async function readClaims(deps: Deps, caller: Publishable, token: string, nowMs: number): Promise<Outcome<Caller>> {
  const payload = decodeJwt(token);
  const issues = findIssues(RoomTokenClaims, payload);
  if (issues !== null) {
    const [first] = issues;
    return refuse('unauthenticated', { detail: `The room token's ${first?.path} ${first?.message}.`, issues });
  }
  const claims = payload as unknown as RoomTokenClaims;
  if (claims.exp * 1000 > nowMs + (LONGEST_TOKEN_SECONDS + SKEW_SECONDS) * 1000) {
    return refuse('unauthenticated', { detail: 'The room token lives longer than an hour.' });
  }
  const host = await findHost(deps.db, caller.tenant.id, claims.hostId);
  if (host === undefined) return refuse('unauthenticated', { detail: 'The room token names no host of this tenant.' });
  const { sub, name, role, room } = claims;
  return succeed({
    kind: 'room',
    tenant: caller.tenant,
    keyId: caller.keyId,
    person: {
      sub,
      name,
      role,
      hostId: host.host_id,
      room: room == null ? null : { id: room.id, stage: room.stage, url: room.url ?? null },
      issuedAtMs: claims.iat === undefined ? (claims.exp - LONGEST_TOKEN_SECONDS) * 1000 : Math.min(claims.iat * 1000, nowMs),
      email: claims.email ?? null,
      phone: claims.phone ?? null,
      timeZone: claims.timeZone == null ? null : canonicaliseTimeZone(claims.timeZone),
      locale: claims.locale ?? null,
    },
  });
}
