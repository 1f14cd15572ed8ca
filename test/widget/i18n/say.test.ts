import { describe, expect, it } from 'vitest';
import { createSay } from '../../../widget/i18n/say.ts';

const english = { first: { times: { one: '{count} time', other: '{count} times' }, hello: 'Hello {name}' } };

describe('a text', () => {
  it('takes the plural of its language', () => {
    const polish = {
      first: { times: { one: '{count} termin', few: '{count} terminy', many: '{count} terminów', other: '{count} terminu' } },
    };
    const say = createSay('pl', english, polish);
    expect([1, 2, 5].map((count) => say('times', { count }))).toEqual(['1 termin', '2 terminy', '5 terminów']);
  });

  it('that a language lacks is said in English, by English rules', () => {
    expect(createSay('pl', english, {})('times', { count: 2 })).toBe('2 times');
  });

  it('writes numbers as the reader does, and leaves names as they are', () => {
    expect(createSay('ar-EG', english)('times', { count: 12 })).toBe('١٢ times');
    expect(createSay('en', english)('hello', { name: '{name} $& Ana' })).toBe('Hello {name} $& Ana');
  });
});
