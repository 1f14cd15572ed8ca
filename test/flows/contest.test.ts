import { describe, expect, it } from 'vitest';
import { Contest } from '../../server/flows/contest.ts';

describe('many who want the same at once', () => {
  /** A thing that can be taken once; attempts end when they are told to. */
  function oneThing() {
    const contest = new Contest();
    const open: ((how: 'take' | 'refuse' | 'fail') => void)[] = [];
    let owner: string | null = null;
    let isLost = false;
    let looks = 0;
    const enter = (name: string, key = 'thing') =>
      contest.enter<string>(key, {
        attempt: async () => {
          const how = await new Promise<'take' | 'refuse' | 'fail'>((resolve) => open.push(resolve));
          if (how === 'fail') throw new Error('away');
          if (how === 'refuse') return 'refused';
          owner = name;
          return 'taken';
        },
        took: (value) => value === 'taken',
        look: async () => {
          looks += 1;
          return owner === null || isLost ? null : `seen ${owner}`;
        },
      });
    const next = async (how: 'take' | 'refuse' | 'fail') => {
      await expect.poll(() => open.length).toBe(1);
      open.shift()?.(how);
    };
    return { enter, next, trying: () => open.length, looks: () => looks, lose: () => (isLost = true) };
  }

  it('lets one try, and the others only look once it has got it', async () => {
    const { enter, next, trying, looks } = oneThing();
    const all = Promise.all(['a', 'b', 'c'].map((name) => enter(name)));
    expect(trying()).toBe(1);
    await next('take');
    expect(await all).toEqual(['taken', 'seen a', 'seen a']);
    expect(looks()).toBe(2);
    expect(trying()).toBe(0);
  });

  it('lets the next one try after one who was refused, without a look', async () => {
    const { enter, next, looks } = oneThing();
    const all = Promise.all(['a', 'b', 'c'].map((name) => enter(name)));
    await next('refuse');
    await next('take');
    expect(await all).toEqual(['refused', 'taken', 'seen b']);
    expect(looks()).toBe(1);
  });

  it('lets the next one try after one who failed, and gives the failure to that one alone', async () => {
    const { enter, next } = oneThing();
    const [first, second] = [enter('a'), enter('b')];
    const failed = expect(first).rejects.toThrow('away');
    await next('fail');
    await failed;
    await next('take');
    expect(await second).toBe('taken');
  });

  it('lets one try all the same who sees it free', async () => {
    const { enter, next, lose } = oneThing();
    const [first, second] = [enter('a'), enter('b')];
    lose();
    await next('take');
    expect(await first).toBe('taken');
    await next('take');
    expect(await second).toBe('taken');
  });

  it('keeps different things apart', () => {
    const { enter, trying } = oneThing();
    void enter('a', 'one');
    void enter('b', 'two');
    expect(trying()).toBe(2);
  });
});
