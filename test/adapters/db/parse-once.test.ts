import { expect, test } from 'vitest';
import { parseOnce } from '../../../server/adapters/db/parse-once.ts';

test('the same text is read once, and nobody can change what others were given', () => {
  const read = (text: string) => parseOnce(text) as { a: { b: number[] } };
  const first = read('{"a":{"b":[1]}}');
  expect(first).toEqual({ a: { b: [1] } });
  expect(read('{"a":{"b":[1]}}')).toBe(first);
  expect(read('{"a":{"b":[2]}}')).toEqual({ a: { b: [2] } });
  expect(() => first.a.b.push(3)).toThrow(TypeError);
  expect(parseOnce('null')).toBe(null);
  for (let i = 0; i < 1000; i += 1) parseOnce(`[${i}]`);
  expect(read('{"a":{"b":[1]}}'), 'forgotten, read again').toEqual(first);
});
