import type { Finding } from '../../shared/contract/screen.ts';
import { screenText } from '../../shared/screening/screen-text.ts';
import { isPhone } from '../../server/adapters/phone/is-phone.ts';
import type { LabelledGroup } from './labelled-text.ts';

export const CATEGORIES: readonly Finding['category'][] = ['email', 'phone', 'handle', 'link', 'videoCall', 'payment'];

export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  readonly precision: number;
  readonly recall: number;
}

/** One finding that should not be, or one that is missing. */
export interface Mistake {
  readonly kind: 'wrong' | 'missed';
  readonly category: Finding['category'];
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** The findings that count (medium and above) in one labelled text, screened as the server does for the platform market.example. */
export function countingFindings(text: string): Finding[] {
  return screenText(text, { allowedDomains: ['market.example'], isPhone }).filter(({ confidence }) => confidence !== 'low');
}

/** Precision and recall per category over whole texts: a category is right in a text when reader and detector both name it. */
export function scoreLabels(groups: readonly LabelledGroup[]): {
  scores: ReadonlyMap<Finding['category'], Score>;
  mistakes: readonly Mistake[];
} {
  const mistakes: Mistake[] = [];
  const scores = new Map(CATEGORIES.map((category) => [category, scoreOne(category, groups, mistakes)]));
  return { scores, mistakes };
}

/** The table of one half, a line per category. */
export function printScores(title: string, groups: readonly LabelledGroup[]): string {
  const { scores } = scoreLabels(groups);
  const count = groups.reduce((sum, { texts }) => sum + texts.length, 0);
  const innocent = groups.reduce((sum, { texts, expect }) => sum + (expect.length === 0 ? texts.length : 0), 0);
  const rows = Array.from(scores, ([category, { right, wrong, missed, precision, recall }]) =>
    [category.padEnd(10), precision.toFixed(3), recall.toFixed(3), `${right} right, ${wrong} wrong, ${missed} missed`].join('  '),
  );
  return [`${title}: ${count} texts, ${innocent} innocent`, 'category    prec.  recall', ...rows].join('\n');
}

function scoreOne(category: Finding['category'], groups: readonly LabelledGroup[], mistakes: Mistake[]): Score {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const { expect, texts } of groups) {
    for (const text of texts) {
      const findings = countingFindings(text);
      const said = findings.some((finding) => finding.category === category);
      const meant = expect.includes(category);
      if (said && meant) right += 1;
      else if (said) wrong += 1;
      else if (meant) missed += 1;
      if (said !== meant) mistakes.push({ kind: said ? 'wrong' : 'missed', category, text, findings });
    }
  }
  return { right, wrong, missed, precision: ratio(right, right + wrong), recall: ratio(right, right + missed) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
