import type { Stage } from '../../shared/contract/common.ts';
import type { Finding } from '../../shared/contract/screen.ts';
import type { TenantSettings } from '../../shared/contract/tenant.ts';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { screeningLevel, stagePolicy } from '../domain/policy/stage-policy.ts';
import type { Deps } from './deps.ts';
import { ownDomains } from './own-domains.ts';

export interface TextPlace {
  readonly settings: TenantSettings;
  readonly stage: Stage;
  readonly roomUrl: string | null;
}

/**
 * Whether a text that stands already may not be read at this stage: it was written when more was allowed (the room has gone back, or nobody
 * screened the tenant's own backend), and what is written now would be refused.
 */
export function isWithheld(deps: Pick<Deps, 'publicUrl'>, place: TextPlace, field: string, text: string): boolean {
  return findWithheld(deps, place, field, text).length > 0;
}

/** The same text with an ellipsis for each detail in it that may not be read at this stage. */
export function blankDetails(deps: Pick<Deps, 'publicUrl'>, place: TextPlace, field: string, text: string): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of findWithheld(deps, place, field, text)) {
    if (start > at || at === 0) shown += `${text.slice(at, start)}…`;
    at = Math.max(at, end);
  }
  return shown + text.slice(at);
}

/** The findings, in the order of the text, for which it would be refused. */
function findWithheld(deps: Pick<Deps, 'publicUrl'>, { settings, stage, roomUrl }: TextPlace, field: string, text: string): Finding[] {
  if (text === '' || screeningLevel(stagePolicy(settings, stage), field) !== 'block') return [];
  const findings = screenText(text, { isPhone, allowedDomains: ownDomains(deps, settings, roomUrl) });
  return findings.filter((finding) => decideVerdict([finding], 'block') === 'block');
}
