import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandColors } from '../../../server/domain/messages/brand-colors.ts';
import { fillText } from '../../../server/domain/messages/fill-text.ts';
import { markup } from '../../../server/domain/messages/markup.ts';
import { noticeToHtml, noticeToText } from '../../../server/domain/messages/notice-markup.ts';

function contrast(a: string, b: string): number {
  const light = [a, b].map((color) => {
    const [r = 0, g = 0, bl = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  });
  return Math.max(...light) / Math.min(...light);
}

describe('brandColors', () => {
  it('gives every brand colour a text that can be read on it (WCAG 1.4.3)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const { background, text } = brandColors(`#${value.toString(16).padStart(6, '0')}`);
        expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([null, '', 'red', '#12', '#12345g', 'url(x)', '#fff;x:y'])('takes the neutral colour for %j', (color) => {
    expect(brandColors(color)).toEqual({ background: '#1f2937', text: '#ffffff' });
  });

  it('reads three digits as six', () => {
    expect(brandColors('#0A7').background).toBe('#00aa77');
  });
});

describe('fillText', () => {
  it('fills in one pass, so a name that looks like a placeholder stays a name', () => {
    expect(fillText('{a} and {b}', { a: '{b}', b: '$& x' })).toBe('{b} and $& x');
  });

  it('throws for a value it was not given, whatever Object has inherited', () => {
    expect(() => fillText('{toString}', {})).toThrow('no value for {toString}');
  });

  it('isolates values where the sentence runs from right to left', () => {
    expect(fillText('مع {a}', { a: 'Ana' }, 'isolate')).toBe('مع \u2068Ana\u2069');
  });
});

describe('markup', () => {
  it('escapes every text and nothing twice', () => {
    const inner = markup`<b title="${'"'}">${'<&>'}</b>`;
    expect(markup`<p>${inner}${[inner]}${null}${7}</p>`.toString()).toBe(
      '<p><b title="&#34;">&#60;&#38;&#62;</b><b title="&#34;">&#60;&#38;&#62;</b>7</p>',
    );
  });
});

describe('notices in mails', () => {
  it('become paragraphs, lists, bold and links', () => {
    const notice = '# Rules\nKeep it **here**.\nAlways.\n\n- *no* mail\n- see [help](https://m.example/h?a=1&b=2)\n';
    expect(
      noticeToHtml(notice)
        .toString()
        .replaceAll(/ (?:style|class)="[^"]*"/g, ''),
    ).toBe(
      '<p><strong>Rules</strong></p><p>Keep it <strong>here</strong>.<br>Always.</p>' +
        '<ul><li><em>no</em> mail</li><li>see <a href="https://m.example/h?a=1&#38;b=2">help</a></li></ul>',
    );
    expect(noticeToText(notice)).toBe('Rules\n\nKeep it here.\nAlways.\n\n- no mail\n- see help (https://m.example/h?a=1&b=2)');
  });

  it.each(['[x](javascript:alert(1))', '<img src=x onerror=alert(1)>', '[a](https://x.example/"onclick="y)', '**<b>**'])(
    'make no markup of %s',
    (notice) => {
      expect(noticeToHtml(notice).toString()).not.toMatch(/<img|<b>|javascript:[^<]*"|onclick="y/);
    },
  );

  it('cost no more than their length, however they are starred', () => {
    for (const evil of ['*'.repeat(20_000), '['.repeat(20_000), '**a'.repeat(7_000), '[a]('.repeat(5_000)]) {
      const before = performance.now();
      noticeToHtml(evil);
      expect(performance.now() - before).toBeLessThan(1000);
    }
  });
});
