import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { hintContactDetails } from '../../shared/screening/hint.ts';
import { HELD_OUT_TEXTS } from './held-out-texts.ts';
import { OPEN_TEXTS } from './open-texts.ts';
import { SECOND_HELD_OUT_TEXTS } from './second-held-out-texts.ts';
import { SECOND_OPEN_TEXTS } from './second-open-texts.ts';

const MAX_GZIP_BYTES = 2048;
const ALL_TEXTS = [...OPEN_TEXTS, ...HELD_OUT_TEXTS, ...SECOND_OPEN_TEXTS, ...SECOND_HELD_OUT_TEXTS];
const hinted = (texts: readonly string[]): string[] =>
  texts.filter((text) => hintContactDetails(text, ['market.example', 'app.market.example']));

describe('the hint while writing', () => {
  test('is silent on innocent scheduling talk, because a wrong hint teaches people to ignore it', () => {
    expect(hinted(ALL_TEXTS.filter(({ topic }) => topic === 'scheduling talk').flatMap(({ texts }) => texts))).toEqual([]);
  });

  test('sees most mail addresses and telephone numbers as people write them', () => {
    for (const category of ['email', 'phone'] as const) {
      const texts = ALL_TEXTS.filter(({ expect: wanted }) => wanted.includes(category)).flatMap((group) => group.texts);
      expect(hinted(texts).length / texts.length).toBeGreaterThan(0.5);
    }
  });

  test.each(['Call me at 10:00 on 2026-08-07', 'order 4158675309', 'https://market.example/rooms/1', 'it costs $1,200.00'])(
    '%s is fine',
    (text) => {
      expect(hinted([text])).toEqual([]);
    },
  );

  test(`weighs less than ${MAX_GZIP_BYTES} bytes bundled, minified and zipped`, async () => {
    const entry = fileURLToPath(new URL('../../shared/screening/hint.ts', import.meta.url));
    const result = await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, lib: { entry, formats: ['es'], fileName: 'hint' } },
    });
    const outputs = (Array.isArray(result) ? result : [result]).flatMap((bundle) => ('output' in bundle ? bundle.output : []));
    const code = outputs.map((output) => ('code' in output ? output.code : '')).join('');
    expect(code).toContain('hintContactDetails');
    expect(gzipSync(code).length).toBeLessThan(MAX_GZIP_BYTES);
  });
});
