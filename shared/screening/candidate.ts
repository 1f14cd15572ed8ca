import type { Finding } from '../contract/screen.ts';

/** A finding whose `start` and `end` still count in the folded text it was found in. */
export interface Candidate {
  readonly category: Finding['category'];
  readonly confidence: Finding['confidence'];
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}
