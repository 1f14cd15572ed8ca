import { isPhone } from '../../server/adapters/phone/is-phone.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { hostileTexts } from '../screening/hostile-texts.ts';

const ROUNDS = 7;

/** Screening of hostile and of ordinary text: milliseconds for 10,000 characters and the growth from 5,000 to 20,000 (linear is 4). */
export default {
  name: 'screening',
  async run(): Promise<string[]> {
    const small = hostileTexts(5_000);
    const middle = hostileTexts(10_000);
    const large = hostileTexts(20_000);
    const ordinary = 'Could we do Thursday 13 August at 10:30, or Friday 14:00-15:00? My rate is $85/h; the order 4158675309 is done. ';
    const rows = Array.from(middle, ([name, text]) => row(name, small.get(name) ?? '', text, large.get(name) ?? ''));
    return [...rows, row('ordinary talk', sized(ordinary, 5_000), sized(ordinary, 10_000), sized(ordinary, 20_000))];
  },
};

function row(name: string, small: string, middle: string, large: string): string {
  const times = { small: [] as number[], middle: [] as number[], large: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.small.push(timeMs(small));
    times.middle.push(timeMs(middle));
    times.large.push(timeMs(large));
  }
  const [ms, worst] = [median(times.middle), Math.max(...times.middle)];
  const growth = median(times.large) / median(times.small);
  return `${name.padEnd(24)} 10 kB ${ms.toFixed(2).padStart(6)} ms (worst of ${ROUNDS}: ${worst.toFixed(2)}), 5 -> 20 kB grows ${growth.toFixed(1)}x`;
}

function timeMs(text: string): number {
  const before = performance.now();
  screenText(text, { isPhone });
  return performance.now() - before;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sized(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}
