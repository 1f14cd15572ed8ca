import { expect, test } from 'vitest';
import { screenText } from '../../shared/screening/screen-text.ts';
import { hostileTexts } from './hostile-texts.ts';

/** Ratio of work for twice the text; a quadratic pattern gives 4. Wide, since the machine has other work. */
const MAX_GROWTH = 3;

function fastestMs(text: string): number {
  let fastest = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const before = performance.now();
    screenText(text);
    fastest = Math.min(fastest, performance.now() - before);
  }
  return fastest;
}

test.each([...hostileTexts(20_000).keys()])('%s: twice the text takes about twice the time, because patterns are bounded', (name) => {
  const half = fastestMs(hostileTexts(10_000).get(name) ?? '');
  const whole = fastestMs(hostileTexts(20_000).get(name) ?? '');
  expect(whole).toBeLessThan(half * MAX_GROWTH + 4);
});
