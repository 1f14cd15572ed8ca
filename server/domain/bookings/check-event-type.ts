import type { EventTypeCreate } from '../../../shared/contract/event-type.ts';

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Checks what a schema cannot: that dates are in order, question keys are told apart, and who hosts it fits the assignment. */
export function checkEventType(given: EventTypeCreate): Issue[] {
  return [...windowIssues(given), ...questionIssues(given), ...hostIssues(given)];
}

function windowIssues({ bookingWindow }: EventTypeCreate): Issue[] {
  return bookingWindow?.type === 'range' && bookingWindow.to < bookingWindow.from
    ? [{ path: 'bookingWindow.to', message: 'must not be before from' }]
    : [];
}

function questionIssues({ questions = [] }: EventTypeCreate): Issue[] {
  const seen = new Set<string>();
  return questions.flatMap((question, i) => {
    const issues: Issue[] = [];
    if (seen.has(question.key)) issues.push({ path: `questions.${i}.key`, message: 'is used by another question' });
    seen.add(question.key);
    if (question.type === 'choice' && (question.options ?? []).length === 0)
      issues.push({ path: `questions.${i}.options`, message: 'is required for a choice' });
    return issues;
  });
}

function hostIssues({ assignment = 'single', hostIds }: EventTypeCreate): Issue[] {
  const several = (hostIds ?? []).length > 1;
  if (assignment === 'single' && several) return [{ path: 'assignment', message: 'must be collective or roundRobin with several hostIds' }];
  return [];
}
