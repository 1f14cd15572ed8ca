import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawPictures } from '../../../scripts/draw-slots.ts';

describe('the pictures of docs/slots.md', () => {
  it.each([...drawPictures()])('%s shows what the engine says today; `node scripts/draw-slots.ts` draws it anew', (file, svg) => {
    expect(readFileSync(new URL(`../../../docs/pictures/${file}`, import.meta.url), 'utf8')).toBe(svg);
  });

  it('are all shown in the text', () => {
    const text = readFileSync(new URL('../../../docs/slots.md', import.meta.url), 'utf8');
    for (const file of drawPictures().keys()) expect(text).toContain(`pictures/${file}`);
  });
});
