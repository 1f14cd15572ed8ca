import type { Selectable } from 'kysely';
import type { NewTenant, Tenant, TenantCreate, TenantSettings } from '../../shared/contract/tenant.ts';
import { DEFAULT_POLICY, TenantSettings as TenantSettingsSchema } from '../../shared/contract/tenant.ts';
import type Type from 'typebox';
import { findTenant, insertApiKey, insertTenant, listTenants, lockTenant, updateTenant } from '../adapters/db/tenants.ts';
import type { TenantTable } from '../adapters/db/schema.ts';
import { findIssues } from '../adapters/schema-check.ts';
import { mergePatch, withoutNulls } from '../domain/merge-patch.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import { makeApiKey } from './api-keys.ts';
import type { Deps } from './deps.ts';
import { DEFAULT_LIMIT, type Page, readCursor, toPage } from './page.ts';

/** How long the embed secret before the last rotation still verifies room tokens. */
const OLD_SECRET_HOURS = 24;

/** Makes a tenant with a secret key, a publishable key and an embed secret; they are told in this answer, once. */
export async function createTenant(deps: Deps, given: TenantCreate): Promise<Outcome<Type.Static<typeof NewTenant>>> {
  const { db, clock, ids, vault, remember } = deps;
  const now = new Date(clock.nowMs());
  const tenantId = ids.next('ten');
  const settings = fillSettings(given);
  const embedSecret = `es_${ids.secret(32)}`;
  const secret = makeApiKey(ids, tenantId, { kind: 'secret', mode: 'live', scopes: ['admin'], name: 'First key' }, now);
  const publishable = makeApiKey(ids, tenantId, { kind: 'publishable', mode: 'live', scopes: [], name: 'First key' }, now);
  return db.transaction().execute(async (trx) => {
    const row: TenantTable = {
      tenant_id: tenantId,
      settings,
      embed_secret: vault.seal(embedSecret, `embed:${tenantId}`),
      previous_embed_secret: null,
      previous_embed_secret_until: null,
      created_at: now,
      updated_at: now,
    };
    await insertTenant(trx, row);
    await insertApiKey(trx, secret.row);
    await insertApiKey(trx, publishable.row);
    const answer = { ...presentTenant(row), secretKey: secret.key, publishableKey: publishable.key, embedSecret };
    await remember(trx, 201, answer);
    return succeed(answer);
  });
}

export async function readTenants(deps: Deps, query: { cursor?: string; limit?: number }): Promise<Outcome<Page<Tenant>>> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = readCursor(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await listTenants(deps.db, (after.value?.[0] as string | undefined) ?? null, limit + 1);
  return succeed(toPage(rows, limit, (row) => [row.tenant_id], presentTenant));
}

export async function readTenant(deps: Deps, tenantId: string): Promise<Outcome<Tenant>> {
  const row = await findTenant(deps.db, tenantId);
  return row === undefined ? refuse('not_found') : succeed(presentTenant(row));
}

/** RFC 7396 over the settings; a `null` takes a field back to its default. */
export async function changeTenant(deps: Deps, tenantId: string, patch: unknown): Promise<Outcome<Tenant>> {
  return deps.db.transaction().execute(async (trx) => {
    const row = await lockTenant(trx, tenantId);
    if (row === undefined) return refuse('not_found');
    const merged = mergePatch(withoutNulls({ ...row.settings }), patch) as Record<string, unknown>;
    const settings = fillSettings(merged, new Set([...nullsOf(row.settings), ...nullsOf(patch)]));
    const issues = findIssues(TenantSettingsSchema, settings);
    if (issues !== null) return refuse('validation_failed', { issues });
    const changed = { ...row, settings, updated_at: new Date(deps.clock.nowMs()) };
    await updateTenant(trx, tenantId, { settings, updated_at: changed.updated_at });
    return succeed(presentTenant(changed));
  });
}

/** Makes a new embed secret; the old one keeps verifying room tokens for a day, so that tokens under way stay good. */
export async function rotateEmbedSecret(
  deps: Deps,
  tenantId: string,
): Promise<Outcome<{ embedSecret: string; previousValidUntil: string }>> {
  const { db, clock, ids, vault } = deps;
  const embedSecret = `es_${ids.secret(32)}`;
  const until = new Date(clock.nowMs() + OLD_SECRET_HOURS * 3_600_000);
  return db.transaction().execute(async (trx) => {
    const row = await lockTenant(trx, tenantId);
    if (row === undefined) return refuse('not_found');
    await updateTenant(trx, tenantId, {
      embed_secret: vault.seal(embedSecret, `embed:${tenantId}`),
      previous_embed_secret: row.embed_secret,
      previous_embed_secret_until: until,
      updated_at: new Date(clock.nowMs()),
    });
    return succeed({ embedSecret, previousValidUntil: until.toISOString() });
  });
}

export function presentTenant(row: Pick<Selectable<TenantTable>, 'tenant_id' | 'settings' | 'created_at' | 'updated_at'>): Tenant {
  return { id: row.tenant_id, ...row.settings, createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() };
}

/**
 * Fills in the defaults the schema names. `explicitNulls` are fields for which null is a value of its own (no quiet hours), which a merge
 * patch alone would read as "back to the default".
 */
function fillSettings(
  given: Record<string, unknown>,
  explicitNulls: ReadonlySet<string> = new Set(Object.keys(given).filter((key) => given[key] === null)),
): TenantSettings {
  const filled: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(TenantSettingsSchema.properties)) {
    const fallback = (schema as { default?: unknown }).default;
    if (given[name] !== undefined && given[name] !== null) filled[name] = given[name];
    else filled[name] = explicitNulls.has(name) && allowsNull(schema) ? null : structuredClone(fallback);
  }
  const policy = given['policy'] as Partial<Record<keyof typeof DEFAULT_POLICY, object>> | undefined;
  filled['policy'] = {
    preContract: { ...DEFAULT_POLICY.preContract, ...policy?.preContract },
    contract: { ...DEFAULT_POLICY.contract, ...policy?.contract },
  };
  filled['messages'] = { email: true, sms: false, ...(given['messages'] as object | undefined) };
  return filled as TenantSettings;
}

function nullsOf(patch: unknown): ReadonlySet<string> {
  return new Set(Object.entries(patch as Record<string, unknown>).flatMap(([key, value]) => (value === null ? [key] : [])));
}

function allowsNull(schema: object): boolean {
  return ((schema as { anyOf?: { type?: string }[] }).anyOf ?? []).some((branch) => branch.type === 'null');
}
