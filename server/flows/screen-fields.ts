import type { Stage } from '../../shared/contract/common.ts';
import type { Finding } from '../../shared/contract/screen.ts';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { recordEvent } from '../adapters/db/events.ts';
import type { Db, Trx } from '../adapters/db/schema.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { screeningLevel, stagePolicy } from '../domain/policy/stage-policy.ts';
import type { TenantCaller } from './caller.ts';
import { stageOf } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { domainsOf } from './own-domains.ts';

/** Texts by the name of their field; null and undefined are nothing to screen. */
export type ScreenedFields = Readonly<Record<string, string | null | undefined>>;

/**
 * Screens what one side writes and the other reads in a meeting at this stage. Answers the refusal, or null when every text may stand.
 * What is warned of or refused is told to the tenant as `contactDetails.detected`, without the text. `within` is the transaction the caller
 * is in, or the pool.
 */
export async function screenFields(
  deps: Deps,
  within: Db,
  caller: TenantCaller,
  fields: ScreenedFields,
  stage: Stage,
): Promise<Refusal | null> {
  const policy = stagePolicy(caller.tenant.settings, stage);
  const allowedDomains = domainsOf(deps, caller);
  const warned: Finding[] = [];
  const blocked: Finding[] = [];
  for (const [field, text] of Object.entries(fields)) {
    if (text == null || text === '') continue;
    const level = screeningLevel(policy, field);
    if (level === 'off') continue;
    const found = screenText(text, { isPhone, allowedDomains }).filter((finding) => counts(field, finding));
    const verdict = decideVerdict(found, level);
    if (verdict !== 'allow') (verdict === 'warn' ? warned : blocked).push(...found.map((finding) => ({ ...finding, field })));
  }
  const verdict = blocked.length > 0 ? 'block' : 'warn';
  if (blocked.length + warned.length > 0) await tellTenant(deps, within, caller, { verdict, stage, findings: [...blocked, ...warned] });
  if (verdict === 'warn') return null;
  return refuse('contact_details_detected', { findings: blocked, detail: 'Contact details may not be shared at this stage.' });
}

/**
 * The stage at which a text is judged that belongs to no meeting and is read in all of them (a host's description, a question): the strict one
 * for everybody who may have rooms before a contract; `contract` only for the backend of a tenant whose callers start there.
 */
export function stageOfStandingText(caller: TenantCaller): Stage {
  return caller.kind === 'room' || caller.tenant.settings.requireRoomToken ? 'preContract' : stageOf(caller);
}

/** Writes down that contact details were found: where and of which kind, never what. */
export async function tellTenant(
  deps: Deps,
  within: Db,
  caller: TenantCaller,
  found: { readonly verdict: 'warn' | 'block'; readonly stage: Stage; readonly findings: readonly Finding[] },
): Promise<void> {
  const { verdict, stage, findings } = found;
  const data = {
    verdict,
    stage,
    fields: [...new Set(findings.flatMap(({ field }) => field ?? []))],
    categories: [...new Set(findings.map(({ category }) => category))],
    by: caller.kind === 'room' ? caller.person.role : caller.kind === 'manage' ? caller.party : caller.kind,
    ...(caller.kind === 'room' && caller.person.room !== null && { roomId: caller.person.room.id }),
    ...(caller.kind === 'manage' && { bookingId: caller.bookingId }),
  };
  const event = {
    tenant_id: caller.tenant.id,
    event_id: deps.ids.next('ev'),
    type: 'contactDetails.detected',
    data,
    at: new Date(deps.clock.nowMs()),
  } as const;
  if (within.isTransaction) await recordEvent(within as Trx, event);
  else await within.transaction().execute((trx) => recordEvent(trx, event));
}

/** Low findings never count; a location that is a link may be a link, and one that is a number a number. */
function counts(field: string, { confidence, category }: Finding): boolean {
  if (confidence === 'low') return false;
  return field !== 'location.url' || (category !== 'link' && category !== 'videoCall');
}
