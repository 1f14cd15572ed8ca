import type { Stage } from '../../shared/contract/common.ts';
import type { TenantSettings } from '../../shared/contract/tenant.ts';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { screeningLevel, stagePolicy } from '../domain/policy/stage-policy.ts';

/**
 * Whether a text that stands already may not be read at this stage: it was written when more was allowed (the room has gone back, or nobody
 * screened the tenant's own backend), and what is written now would be refused.
 */
export function isWithheld(settings: TenantSettings, stage: Stage, field: string, text: string): boolean {
  const level = screeningLevel(stagePolicy(settings, stage), field);
  return level === 'block' && decideVerdict(screenText(text, { isPhone }), level) === 'block';
}
