import type { GoldenCase } from './golden-case.ts';
import { GOLDEN_RULE_CASES } from './golden-rule-cases.ts';
import { GOLDEN_SERIES_CASES } from './golden-series-cases.ts';
import { GOLDEN_STANDING_CASES } from './golden-standing-cases.ts';
import { GOLDEN_ZONE_CASES } from './golden-zone-cases.ts';

export const GOLDEN_CASES: readonly GoldenCase[] = [
  ...GOLDEN_ZONE_CASES,
  ...GOLDEN_SERIES_CASES,
  ...GOLDEN_STANDING_CASES,
  ...GOLDEN_RULE_CASES,
];
