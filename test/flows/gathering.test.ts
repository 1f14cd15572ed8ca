import { describe, expect, it } from 'vitest';
import { Gathering } from '../../server/flows/gathering.ts';

describe('one reading for many who ask', () => {
  /** Readings that end when they are told to. */
  function slowly() {
    const open: (() => void)[] = [];
    let begun = 0;
    const read = async () => {
      const number = (begun += 1);
      await new Promise<void>((resolve) => open.push(resolve));
      return number;
    };
    return { read, begun: () => begun, endOne: () => open.shift()?.() };
  }

  it('gives nobody what was read before it asked', async () => {
    const gathering = new Gathering<number>();
    const { read, begun, endOne } = slowly();
    const first = gathering.ask('a', read);
    const later = [gathering.ask('a', read), gathering.ask('a', read), gathering.ask('a', read)];
    expect(begun()).toBe(1);
    endOne();
    expect(await first).toBe(1);
    await expect.poll(begun).toBe(2);
    const last = gathering.ask('a', read);
    endOne();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await expect.poll(begun).toBe(3);
    endOne();
    expect(await last).toBe(3);
    void gathering.ask('a', read);
    expect(begun(), 'nothing is kept of what has ended').toBe(4);
    endOne();
  });

  it('keeps different questions apart', async () => {
    const gathering = new Gathering<number>();
    const { read, begun } = slowly();
    void gathering.ask('a', read);
    void gathering.ask('b', read);
    expect(begun()).toBe(2);
  });

  it('does not let one that failed stand in the way', async () => {
    const gathering = new Gathering<number>();
    const failing = gathering.ask('a', async () => Promise.reject(new Error('away')));
    const next = gathering.ask('a', async () => 2);
    await expect(failing).rejects.toThrow('away');
    expect(await next).toBe(2);
    expect(await gathering.ask('a', async () => 3)).toBe(3);
  });
});
