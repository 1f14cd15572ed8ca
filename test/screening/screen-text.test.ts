import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPhone } from '../../server/adapters/phone/is-phone.ts';
import { MAX_SCREENED_LENGTH, screenText } from '../../shared/screening/screen-text.ts';

const counting = (text: string, options = {}) => screenText(text, options).filter(({ confidence }) => confidence !== 'low');
const cut = (text: string): string[] => counting(text).map(({ start, end }) => text.slice(start, end));

describe('offsets count in the text as it was sent', () => {
  test.each([
    ['plain', 'write to ana@shop.io now', 'ana@shop.io'],
    ['behind an emoji of two units', '👋🏽 write to ana@shop.io now', 'ana@shop.io'],
    ['through invisible characters', 'to a\u200bna@\u2060shop.io now', 'a\u200bna@\u2060shop.io'],
    ['in mathematical letters of two units', 'to 𝗮𝗻𝗮@𝘀𝗵𝗼𝗽.io now', '𝗮𝗻𝗮@𝘀𝗵𝗼𝗽.io'],
    ['through Cyrillic look-alikes', 'to аnа@shoр.io now', 'аnа@shoр.io'],
    ['through spaced letters', 'to: a n a 8 @ s h o p . i o', 'a n a 8 @ s h o p . i o'],
    ['through a ligature that grows', 'to ﬁona@shop.io now', 'ﬁona@shop.io'],
  ])('%s', (_name, text, found) => {
    expect(cut(text)).toEqual([found]);
  });
});

describe("the platform's own links", () => {
  const options = { allowedDomains: ['market.example'], allowedUrls: ['https://meet.vendor.test/room/42'] };
  test.each([
    ['its host', 'https://market.example/rooms/42'],
    ['a host below it', 'see app.market.example/jobs'],
    ['its own mail address', 'ask help@market.example'],
    ['a join URL', 'join https://meet.vendor.test/room/42.'],
    ['an order number in the path', 'https://market.example/orders/9876543210'],
  ])('%s is not found', (_name, text) => {
    expect(counting(text, options)).toEqual([]);
  });
  test.each([
    ['a host that only begins like it', 'https://market.example.evil.com/rooms/42', 'link'],
    ['a host that only ends like it', 'https://notmarket.example/rooms/42', 'link'],
    ['the name as user part', 'https://market.example@evil.com/', 'email'],
    ['a number to dial in the path', 'https://market.example/+14158675309', 'phone'],
    ['an address in the query', 'https://market.example/?q=ana@shop.io', 'email'],
    ['the join URL lengthened to another path', 'https://meet.vendor.test/room/421', 'link'],
  ])('%s is found', (_name, text, category) => {
    expect(counting(text, options).map((finding) => finding.category)).toContain(category);
  });
});

describe('cues', () => {
  test.each([
    ['a bare run alone is low', '4158675309', []],
    ['a cue makes it count', 'call 4158675309', ['phone']],
    ['the nearer anti-cue wins', 'call me about order 4158675309', []],
    ['the nearer cue wins', 'about the order: call 4158675309', ['phone']],
    ['a plus sign counts beside an anti-cue', 'order +14158675309', ['phone']],
    ['an invitation alone is low', 'text me, call me, add me on telegram', []],
  ])('%s', (_name, text, categories) => {
    expect(counting(text).map(({ category }) => category)).toEqual(categories);
  });

  test('isPhone lowers an international form that cannot be dialled', () => {
    expect(screenText('+999 12345678', { isPhone })).toMatchObject([{ category: 'phone', confidence: 'low' }]);
    expect(screenText('+1 415 867 5309', { isPhone })).toMatchObject([{ category: 'phone', confidence: 'high' }]);
  });
});

describe('any text at all', () => {
  const scrap = fc.constantFrom(
    '@',
    '.',
    ' dot ',
    ' at ',
    '+',
    '1',
    '98765',
    ' ',
    '-',
    '(',
    '\n',
    'call ',
    'gmail',
    'com',
    'http://',
    'a',
    'é',
    '\u200b',
    '０',
    '\ud83d',
    '👋',
    'एक ',
    'five ',
    'vingt ',
    'telegram: ',
    '`',
    '﷽',
    '\u0000',
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(scrap, { maxLength: 120 }).map((parts) => parts.join('')),
  );

  test('never throws; findings are in range, in order, not empty and do not overlap within details', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const findings = screenText(text, { allowedDomains: ['market.example'], isPhone });
        let last = 0;
        for (const { start, end, category } of findings) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          if (category === 'invitation') continue;
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('an address in the middle of anything is found, because padding is the cheapest trick', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const text = `${before.replaceAll('`', '')} \n, zoe.park@shop.io \n, ${after}`;
        const start = text.indexOf('zoe.park@shop.io', before.replaceAll('`', '').length);
        expect(
          screenText(text).some((finding) => finding.start <= start && finding.end >= start + 16 && finding.confidence === 'high'),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test(`what is past ${MAX_SCREENED_LENGTH} units is not read and does no harm`, () => {
    expect(screenText(`${'x '.repeat(MAX_SCREENED_LENGTH)}ana@shop.io`)).toEqual([]);
  });
});
