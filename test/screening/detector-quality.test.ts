import { describe, expect, test } from 'vitest';
import { decideVerdict } from '../../shared/screening/decide-verdict.ts';
import { HELD_OUT_TEXTS } from './held-out-texts.ts';
import { OPEN_TEXTS } from './open-texts.ts';
import { SECOND_HELD_OUT_TEXTS } from './second-held-out-texts.ts';
import { SECOND_OPEN_TEXTS } from './second-open-texts.ts';
import { countingFindings, printScores, scoreLabels } from './score-labels.ts';

const ALL_TEXTS = [...OPEN_TEXTS, ...HELD_OUT_TEXTS, ...SECOND_OPEN_TEXTS, ...SECOND_HELD_OUT_TEXTS];
const texts = (groups: typeof ALL_TEXTS): string[] => groups.flatMap((group) => group.texts);

describe('the labelled set', () => {
  test('is large enough and at least half innocent, because a figure over a few easy texts says nothing', () => {
    const innocent = texts(ALL_TEXTS.filter((group) => group.expect.length === 0));
    expect(texts(ALL_TEXTS).length).toBeGreaterThanOrEqual(500);
    expect(innocent.length * 2).toBeGreaterThanOrEqual(texts(ALL_TEXTS).length);
    expect(new Set(texts(ALL_TEXTS)).size).toBe(texts(ALL_TEXTS).length);
  });
});

describe.each([
  { title: 'open texts', groups: OPEN_TEXTS },
  { title: 'held out texts', groups: HELD_OUT_TEXTS },
  { title: 'second open texts', groups: SECOND_OPEN_TEXTS },
  { title: 'second held out texts', groups: SECOND_HELD_OUT_TEXTS },
])('$title', ({ title, groups }) => {
  const { scores, mistakes } = scoreLabels(groups);
  console.log(`${printScores(title, groups)}\n${mistakes.map(({ kind, category, text }) => `  ${kind} ${category}: ${text}`).join('\n')}`);

  test.each(['email', 'phone', 'handle', 'link'] as const)(
    '%s keeps precision 0.98 and recall 0.90, because people stop reading warnings that are wrong',
    (category) => {
      expect(scores.get(category)?.precision).toBeGreaterThanOrEqual(0.98);
      expect(scores.get(category)?.recall).toBeGreaterThanOrEqual(0.9);
    },
  );

  test('innocent scheduling talk is never blocked, because that is what the room is for', () => {
    const blocked = texts(groups.filter(({ topic }) => topic === 'scheduling talk')).filter(
      (text) => decideVerdict(countingFindings(text), 'block') !== 'allow',
    );
    expect(blocked).toEqual([]);
  });
});
