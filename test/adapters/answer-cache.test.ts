import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../server/adapters/answer-cache.ts';

const MEGABYTE = 1024 * 1024;

describe('kept answers', () => {
  function listening() {
    const cache = createAnswerCache();
    cache.start();
    const put = (key: string, bytes?: number) =>
      cache.put('ten', key, key, { mark: cache.mark('ten'), untilMs: 10, hostIds: ['host'], ...(bytes !== undefined && { bytes }) });
    return { cache, put, get: (key: string, nowMs = 0) => cache.get<string>('ten', key, nowMs) };
  }

  it('keeps a small one at once and until its end', () => {
    const { put, get } = listening();
    put('a');
    expect(get('a', 9)).toBe('a');
    expect(get('a', 10)).toBeUndefined();
  });

  it('keeps a big one from the second asking on, also after a change has dropped it', () => {
    const { cache, put, get } = listening();
    put('a', 1000);
    expect(get('a')).toBeUndefined();
    put('a', 1000);
    expect(get('a')).toBe('a');
    cache.drop('ten', 'host');
    expect(get('a')).toBeUndefined();
    put('a', 1000);
    expect(get('a')).toBe('a');
  });

  it('keeps no more than its memory, the newest, however often one is put', () => {
    const { put, get } = listening();
    const keep = (key: string) => [put(key, 20 * MEGABYTE), put(key, 20 * MEGABYTE)];
    keep('a');
    for (let i = 0; i < 10; i += 1) keep('b');
    expect(get('a'), 'what is put again counts once').toBe('a');
    keep('c');
    expect([get('a'), get('b'), get('c')]).toEqual(['a', 'b', 'c']);
    keep('d');
    expect([get('a'), get('b'), get('c'), get('d')]).toEqual([undefined, 'b', 'c', 'd']);
    put('x', 100 * MEGABYTE);
    put('x', 100 * MEGABYTE);
    expect(get('x')).toBeUndefined();
  });

  it('keeps nothing that a change has overtaken', () => {
    const { cache, get } = listening();
    const mark = cache.mark('ten');
    cache.drop('ten');
    cache.put('ten', 'a', 'a', { mark, untilMs: 10, hostIds: [] });
    expect(get('a')).toBeUndefined();
  });
});
