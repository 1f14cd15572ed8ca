import type { Finding } from '../contract/screen.ts';
import type { ScreeningLevel } from '../contract/tenant.ts';

/**
 * What happens to a text with these findings where the stage screens at `level`. A finding counts from medium up: low
 * ones ("text me") are reported and never stop anybody. Without a counting finding the answer is always `allow`.
 */
export function decideVerdict(findings: readonly Pick<Finding, 'confidence'>[], level: ScreeningLevel): 'allow' | 'warn' | 'block' {
  if (level === 'off') return 'allow';
  return findings.some(({ confidence }) => confidence !== 'low') ? level : 'allow';
}
