import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSlots } from '../../../server/domain/slots/compute-slots.ts';
import { anyQuestion } from './any-question.ts';
import { oracleStarts } from './oracle.ts';

const RUNS = 600;

describe('the engine', () => {
  it(`says what an independent computation with Temporal says, for ${RUNS} questions of every kind`, { timeout: 120_000 }, () => {
    let starts = 0;
    fc.assert(
      fc.property(anyQuestion, fc.constantFrom('listing', 'booking'), (question, purpose) => {
        const computed = computeSlots(question, purpose);
        starts += computed.length;
        expect(computed).toEqual(oracleStarts(question, purpose));
      }),
      { numRuns: RUNS },
    );
    // Questions that offer nothing would prove nothing.
    expect(starts).toBeGreaterThan(RUNS);
  });
});
