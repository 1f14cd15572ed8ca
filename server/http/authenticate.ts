import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { authenticateKey, authenticateManageToken, authenticateRoomToken } from '../flows/authenticate.ts';
import type { Caller } from '../flows/caller.ts';
import type { Deps } from '../flows/deps.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { isOriginAllowed } from './origin.ts';

/**
 * Who is calling. Looks at `Authorization: Bearer`, for GETs also at `?key=pk_...`, and at `X-Room-Token` beside a publishable key.
 * Null when no credential was sent.
 */
export async function authenticate(deps: Deps, adminKey: string, request: FastifyRequest): Promise<Outcome<Caller | null>> {
  const credential = readCredential(request);
  if (credential === null) {
    return request.headers['x-room-token'] === undefined
      ? succeed(null)
      : refuse('unauthenticated', { detail: 'X-Room-Token is sent beside a publishable key.' });
  }
  if (adminKey !== '' && isSame(credential, adminKey)) return succeed({ kind: 'admin' });
  if (credential.startsWith('mt_')) return authenticateManageToken(deps, credential);
  const caller = await authenticateKey(deps, credential);
  if (!caller.ok || caller.value.kind !== 'publishable') return caller;
  const { tenant } = caller.value;
  if (!isOriginAllowed(request.headers.origin, tenant.settings.allowedOrigins, deps.publicUrl)) {
    return refuse('origin_not_allowed', { detail: `${request.headers.origin} is not among the allowed origins of this tenant.` });
  }
  const roomToken = request.headers['x-room-token'];
  return roomToken === undefined ? caller : authenticateRoomToken(deps, caller.value, String(roomToken));
}

function readCredential(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header !== undefined) return /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1] ?? '';
  const { key } = request.query as { key?: unknown };
  return request.method === 'GET' && typeof key === 'string' && key.startsWith('pk_') ? key : null;
}

/** In a time that tells nothing of the key but its length. Every request asks, so nothing is hashed for it. */
function isSame(credential: string, key: string): boolean {
  const [given, wanted] = [Buffer.from(credential), Buffer.from(key)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
