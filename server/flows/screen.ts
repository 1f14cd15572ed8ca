import type { ScreenAnswer, ScreenRequest } from '../../shared/contract/screen.ts';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { screenMessages } from '../../shared/screening/screen-messages.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { currentNoticeVersions } from '../adapters/db/notices.ts';
import { isPhone } from '../adapters/phone/is-phone.ts';
import { type Outcome, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { screeningLevel, stagePolicy } from '../domain/policy/stage-policy.ts';
import type { TenantCaller } from './caller.ts';
import { currentStage } from './caller-stage.ts';
import type { Deps } from './deps.ts';
import { domainsOf } from './own-domains.ts';
import { presentCurrentNotice } from './present-notice.ts';
import { tellTenant } from './screen-fields.ts';

/** The name under which a stage's `screening` may say how strict the marketplace's own chat is. */
export const CHAT_FIELD = 'chat';

/**
 * Screens a text, or the last messages of one author in their order, for the marketplace's own chat. The text is not kept. A warning or a block
 * carries the notice that holds at this stage, and is told to the tenant as an event.
 */
export async function screen(deps: Deps, caller: TenantCaller, given: ScreenRequest): Promise<Outcome<ScreenAnswer>> {
  const { text, messages } = given;
  if ((text === undefined) === (messages === undefined)) return refuseField('text', 'or messages is required, one of the two');
  if (given.stage !== undefined && caller.kind !== 'secret') return refuse('forbidden', { detail: 'Only a secret key states the stage.' });
  const stage = caller.kind === 'secret' ? (given.stage ?? 'preContract') : await currentStage(deps.db, caller);
  const options = { isPhone, allowedDomains: domainsOf(deps, caller) };
  const findings = messages === undefined ? screenText(text ?? '', options) : screenMessages(messages, options);
  const verdict = decideVerdict(findings, screeningLevel(stagePolicy(caller.tenant.settings, stage), CHAT_FIELD));
  if (verdict === 'allow') return succeed({ verdict, findings });
  const counted = findings.filter(({ confidence }) => confidence !== 'low').map((finding) => ({ ...finding, field: CHAT_FIELD }));
  await tellTenant(deps, deps.db, caller, { verdict, stage, findings: counted });
  const locale = given.locale ?? (caller.kind === 'room' ? caller.person.locale : null);
  const current = await currentNoticeVersions(deps.db, caller.tenant.id, new Date(deps.clock.nowMs()));
  const shown = current.filter(({ content }) => content.stages.includes(stage));
  const notice = shown.find(({ content }) => content.acknowledgement !== 'none') ?? shown[0];
  return succeed({
    verdict,
    findings,
    ...(notice && { notice: presentCurrentNotice(notice, caller.tenant.settings.locale, locale) }),
  });
}
