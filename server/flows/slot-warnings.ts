import type { Warning } from '../../shared/contract/common.ts';
import { checkRules } from '../domain/slots/check-rules.ts';
import type { SlotQuestion } from '../domain/slots/question.ts';

/** Why these rules can never yield a slot, if so. */
export function warningsOf(question: SlotQuestion): Warning[] {
  return checkRules(question.schedule, question.rules, question.durationMinutes, question.nowMs);
}
