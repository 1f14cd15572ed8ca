import type { ApiKey, ApiKeyCreate, KeyScope, NewApiKey } from '../../shared/contract/api-key.ts';
import type Type from 'typebox';
import { sha256 } from '../adapters/crypto.ts';
import { deleteApiKey, insertApiKey, listApiKeys } from '../adapters/db/tenants.ts';
import type { ApiKeyTable } from '../adapters/db/schema.ts';
import type { Ids } from '../adapters/ids.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

interface KeyFacts {
  readonly kind: 'secret' | 'publishable';
  readonly mode: 'live' | 'test';
  readonly scopes: KeyScope[];
  readonly name: string | null;
}

/** A new key and the row that remembers its hash. The key carries its tenant's id, so that looking it up names the tenant first. */
export function makeApiKey(ids: Ids, tenantId: string, facts: KeyFacts, now: Date): { key: string; row: ApiKeyTable } {
  const prefix = facts.kind === 'secret' ? `sk_${facts.mode}_` : 'pk_';
  const key = `${prefix}${tenantId.slice('ten_'.length)}${ids.secret(24)}`;
  const { kind, mode, name, scopes } = facts;
  return {
    key,
    row: {
      tenant_id: tenantId,
      key_id: ids.next('key'),
      kind,
      mode,
      name,
      scopes,
      prefix: key.slice(0, prefix.length + 30),
      hash: sha256(key),
      public_key: kind === 'publishable' ? key : null,
      created_at: now,
      last_used_at: null,
    },
  };
}

export async function createApiKey(deps: Deps, caller: TenantCaller, given: ApiKeyCreate): Promise<Outcome<Type.Static<typeof NewApiKey>>> {
  const kind = given.kind ?? 'secret';
  const scopes: KeyScope[] = kind === 'publishable' ? [] : (given.scopes ?? ['read', 'write']);
  const made = makeApiKey(
    deps.ids,
    caller.tenant.id,
    { kind, mode: given.mode ?? 'live', name: given.name ?? null, scopes },
    new Date(deps.clock.nowMs()),
  );
  return deps.db.transaction().execute(async (trx) => {
    await insertApiKey(trx, made.row);
    const answer = { ...presentApiKey(made.row), key: made.key };
    await deps.remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readApiKeys(
  deps: Deps,
  caller: TenantCaller,
  query: { cursor?: string; limit?: number },
): Promise<Outcome<Page<ApiKey>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listApiKeys(deps.db, caller.tenant.id, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  return succeed(toPage(rows, limit, (row) => [row.key_id], presentApiKey));
}

/** A key is gone at once. The key that asks cannot delete itself: nobody could then delete or make another. */
export async function removeApiKey(deps: Deps, caller: TenantCaller, keyId: string): Promise<Outcome<null>> {
  if (caller.kind === 'secret' && caller.keyId === keyId)
    return refuse('conflict', { detail: 'A key cannot delete itself; use another key.' });
  const deleted = await deps.db.transaction().execute((trx) => deleteApiKey(trx, caller.tenant.id, keyId));
  return deleted ? succeed(null) : refuse('not_found');
}

function presentApiKey(row: ApiKeyTable): ApiKey {
  return {
    id: row.key_id,
    kind: row.kind,
    name: row.name,
    mode: row.mode,
    scopes: row.scopes,
    prefix: row.prefix,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
