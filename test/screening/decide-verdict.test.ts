import { expect, test } from 'vitest';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';

test.each([
  ['high', 'block', 'block'],
  ['medium', 'block', 'block'],
  ['medium', 'warn', 'warn'],
  ['low', 'block', 'allow'],
  ['high', 'off', 'allow'],
] as const)('a %s finding where the stage says %s is answered with %s', (confidence, level, verdict) => {
  expect(decideVerdict([{ confidence }], level)).toBe(verdict);
});

test('no finding is allowed at every level', () => {
  expect(decideVerdict([], 'block')).toBe('allow');
});
