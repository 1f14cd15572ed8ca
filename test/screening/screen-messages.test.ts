import { describe, expect, test } from 'vitest';
import { screenMessages } from '../../shared/screening/screen-messages.ts';

const counting = (messages: string[]) => screenMessages(messages).filter(({ confidence }) => confidence !== 'low');

describe('details sent in pieces', () => {
  test.each([
    ['a number in two halves', ['my number is', '98765', '01234'], 'phone', [1, 2]],
    ['digits one by one', ['call', '4', '1', '5', '8', '6', '7', '5', '3', '0', '9'], 'phone', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['number words', ['four one five', 'eight six seven', 'five three zero nine'], 'phone', [0, 1, 2]],
    ['halves without a word', ['41586', '75309'], 'phone', [0, 1]],
    ['an address before its host', ['john.smith', '@gmail.com'], 'email', [0, 1]],
    ['an address in words', ['john smith88 at', 'gmail dot com'], 'email', [0, 1]],
  ])('%s', (_name, messages, category, indexes) => {
    const found = counting(messages).filter((finding) => finding.category === category);
    expect(found.map(({ message }) => message)).toEqual(indexes);
    expect(found.every(({ rule }) => rule.endsWith('.split'))).toBe(true);
    for (const { message, start, end } of found) expect((messages[message] ?? '').slice(start, end).trim()).not.toBe('');
  });

  test.each([
    ['haggling', ['500', '600', '550', 'ok 575']],
    ['times', ['10:00', '10:30', 'or 11:00']],
    ['years', ['2024', '2025', '2026']],
    ['figures in sentences', ['I need 1200 words', '45 pages', 'and 12345 images']],
    ['dates', ['2026-08-07', '2026-08-08']],
    ['hours', ['8', '9', '10', '11', '12']],
    ['a choice', ['one or two', 'three at most', 'four on Friday']],
  ])('%s is left alone', (_name, messages) => {
    expect(counting(messages)).toEqual([]);
  });

  test('a whole detail is reported once, in its own message', () => {
    expect(counting(['hello', 'ana@shop.io', 'bye'])).toMatchObject([
      { category: 'email', message: 1, start: 0, end: 11, rule: 'email.address' },
    ]);
  });

  test('indexes count in the list given even when only its end is read', () => {
    const messages = [...Array.from({ length: 30 }, () => 'hello'), 'ana@shop.io'];
    expect(counting(messages)).toMatchObject([{ message: 30 }]);
  });
});
