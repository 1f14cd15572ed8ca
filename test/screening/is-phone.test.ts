import { expect, test } from 'vitest';
import { isPhone } from '../../server/adapters/phone/is-phone.ts';

test.each([
  ['+1 415 867 5309', true, 'an international number'],
  ['+977 984-1234567', true, 'a Nepali mobile'],
  ['(415) 867-5309', true, 'a national form of one of the usual countries'],
  ['06 12 34 56 78', true, 'a French mobile'],
  ['98765 01234', true, 'an Indian mobile'],
  ['+999 12345678', false, 'a calling code nobody has'],
  ['+1 41', false, 'too short for its country'],
  ['12', false, 'too short for any'],
  ['', false, 'nothing'],
  ['call me', false, 'no digits'],
])('%s is %s: %s', (candidate, answer) => {
  expect(isPhone(candidate)).toBe(answer);
});
