import type { Stage } from '../../shared/contract/common.ts';
import type { Finding } from '../../shared/contract/screen.ts';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { type Refusal, refuse } from '../domain/outcome.ts';
import { screeningLevel, stagePolicy } from '../domain/policy/stage-policy.ts';
import type { TenantCaller } from './caller.ts';

/** Texts by the name of their field; null and undefined are nothing to screen. */
export type ScreenedFields = Readonly<Record<string, string | null | undefined>>;

/**
 * Screens what one side writes and the other reads. Answers the refusal, or null when every text may stand. `stage` is the stage
 * the text will be read in; without one, the strictest that could hold: that of the caller's room, else the tenant's default.
 */
export function screenFields(caller: TenantCaller, fields: ScreenedFields, stage: Stage = stageOfCaller(caller)): Refusal | null {
  const policy = stagePolicy(caller.tenant.settings, stage);
  const findings: Finding[] = [];
  let blocked = false;
  for (const [field, text] of Object.entries(fields)) {
    if (text == null || text === '') continue;
    const level = screeningLevel(policy, field);
    if (level === 'off') continue;
    const found = screenText(text, { isPhone });
    if (decideVerdict(found, level) !== 'block') continue;
    blocked = true;
    findings.push(...found.filter((finding) => finding.confidence !== 'low').map((finding) => ({ ...finding, field })));
  }
  return blocked ? refuse('contact_details_detected', { findings, detail: 'Contact details may not be shared at this stage.' }) : null;
}

function stageOfCaller(caller: TenantCaller): Stage {
  return caller.kind === 'room' ? (caller.person.room?.stage ?? 'preContract') : caller.tenant.settings.defaultStage;
}
