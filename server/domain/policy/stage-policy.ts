import type { Stage } from '../../../shared/contract/common.ts';
import type { ScreeningLevel, StagePolicy, TenantSettings } from '../../../shared/contract/tenant.ts';

/** The tenant's rules for a stage. */
export function stagePolicy(settings: TenantSettings, stage: Stage): StagePolicy {
  return settings.policy[stage];
}

/** How strictly one field is screened: its own level (`answers.goal`), else that of its group (`answers`), else that of `*`, else `block`. */
export function screeningLevel(policy: StagePolicy, field: string): ScreeningLevel {
  if (typeof policy.screening === 'string') return policy.screening;
  const [group = field] = field.split('.');
  return policy.screening[field] ?? policy.screening[group] ?? policy.screening['*'] ?? 'block';
}
