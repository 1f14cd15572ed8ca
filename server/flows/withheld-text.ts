import type { Stage } from '../../shared/contract/common.ts';
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
export function isWithheld(deps: Pick<Deps, 'publicUrl'>, { settings, stage, roomUrl }: TextPlace, field: string, text: string): boolean {
  const level = screeningLevel(stagePolicy(settings, stage), field);
  if (level !== 'block') return false;
  return decideVerdict(screenText(text, { isPhone, allowedDomains: ownDomains(deps, settings, roomUrl) }), level) === 'block';
}
