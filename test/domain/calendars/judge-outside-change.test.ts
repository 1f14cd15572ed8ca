import { describe, expect, test } from 'vitest';
import { judgeOutsideChange, type OutsideChangeQuestion } from '../../../server/domain/calendars/judge-outside-change.ts';

const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-11-24T12:00:00Z');
const at = (hours: number, minutes = 30) => ({ startMs: NOON + hours * HOUR_MS, endMs: NOON + hours * HOUR_MS + minutes * 60_000 });
const MEETING: OutsideChangeQuestion = {
  seen: { kind: 'present', ...at(2) },
  written: at(2),
  booking: { status: 'confirmed', ...at(2) },
  nowMs: NOON,
};

describe('a change of our event in the host’s calendar', () => {
  test.each<[string, Partial<OutsideChangeQuestion>, string]>([
    ['is nothing where it lies as it was written', {}, 'nothing'],
    ['is a move where it begins at another time', { seen: { kind: 'present', ...at(3) } }, 'move'],
    ['is nothing where it only lasts longer', { seen: { kind: 'present', ...at(2, 90) } }, 'nothing'],
    [
      'is nothing where the meeting has that time already, and our own writing is on its way',
      { seen: { kind: 'present', ...at(3) }, booking: { status: 'confirmed', ...at(3) } },
      'nothing',
    ],
    [
      'is nothing where the meeting was moved here and the calendar still shows what was written before',
      { booking: { status: 'confirmed', ...at(4) } },
      'nothing',
    ],
    ['is a cancellation where it was deleted', { seen: { kind: 'deleted' } }, 'cancel'],
    [
      'is nothing where the meeting is cancelled: we took it away ourselves',
      { seen: { kind: 'deleted' }, booking: { status: 'cancelled', ...at(2) } },
      'nothing',
    ],
    ['is nothing once the meeting has begun', { seen: { kind: 'deleted' }, nowMs: NOON + 2 * HOUR_MS }, 'nothing'],
  ])('%s', (_name, change, act) => {
    expect(judgeOutsideChange({ ...MEETING, ...change }).act).toBe(act);
  });
});
