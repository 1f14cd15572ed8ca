import { DAY_MS } from '../../../shared/time/local-date.ts';
import type { SlotQuestion } from './question.ts';

/** The widest range one question may span: 366 local dates and a day for the zones' differences. */
export const MAX_RANGE_MS = 368 * DAY_MS;
/** A month of minutes: longer than anything the contract lets through, short enough to look ahead. */
const MAX_MINUTES = 31 * 1440;
const MAX_NOTICE_MINUTES = 100 * 366 * 1440;

/**
 * Throws a RangeError naming the number that no rule can work with: NaN, infinite, zero or negative where time must pass, or so large that
 * the answer would be. Callers refuse such numbers long before, in their contract; this keeps a mistake there from becoming an endless loop.
 */
export function assertAnswerable(question: SlotQuestion): void {
  const { rules } = question;
  assertWithin('nowMs', question.nowMs, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  assertWithin('fromMs', question.fromMs, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  assertWithin('toMs', question.toMs, -Number.MAX_SAFE_INTEGER, question.fromMs + MAX_RANGE_MS);
  assertWithin('durationMinutes', question.durationMinutes, 1, MAX_MINUTES);
  assertWithin('slotIntervalMinutes', rules.slotIntervalMinutes, 1, MAX_MINUTES);
  assertWithin('bufferBeforeMinutes', rules.bufferBeforeMinutes, 0, MAX_MINUTES);
  assertWithin('bufferAfterMinutes', rules.bufferAfterMinutes, 0, MAX_MINUTES);
  assertWithin('minimumNoticeMinutes', rules.minimumNoticeMinutes, 0, MAX_NOTICE_MINUTES);
  if (question.busyMs.length % 2 !== 0) throw new RangeError('busyMs must hold pairs of start and end');
}

function assertWithin(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) throw new RangeError(`${name} must be a number from ${least} to ${most}, not ${value}`);
}
