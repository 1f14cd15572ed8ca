import type { Question } from '../../../shared/contract/event-type.ts';
import { type Outcome, refuse, succeed } from '../outcome.ts';

/** Checks answers against the questions. Phone questions are not asked while contact sharing is off, so an answer to one is refused too. */
export function readAnswers(
  questions: readonly Question[],
  given: Readonly<Record<string, string>>,
  sharesContactDetails: boolean,
): Outcome<Record<string, string>> {
  const asked = questions.filter((question) => sharesContactDetails || question.type !== 'phone');
  const byKey = new Map(asked.map((question) => [question.key, question]));
  const issues = Object.keys(given).flatMap((key) =>
    byKey.has(key) ? [] : [{ path: `answers.${key}`, message: 'answers no question of this event type' }],
  );
  const read: Record<string, string> = {};
  for (const question of asked) {
    const path = `answers.${question.key}`;
    const answer = given[question.key]?.trim() ?? '';
    if (answer === '') {
      if (question.required === true) issues.push({ path, message: 'is required' });
      continue;
    }
    if (question.type === 'choice' && !(question.options ?? []).includes(answer))
      issues.push({ path, message: `must be one of ${(question.options ?? []).join(', ')}` });
    read[question.key] = answer;
  }
  const [first] = issues;
  return first === undefined ? succeed(read) : refuse('validation_failed', { issues, detail: `${first.path} ${first.message}` });
}
