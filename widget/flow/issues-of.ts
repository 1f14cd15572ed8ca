import type { Problem } from '../../shared/contract/problem.ts';
import type { Issue } from './state.ts';

/**
 * The server's objections by our own field names: `/invitee/email` and `invitee.email` are `email`, `/guests/0/email` is `guests`,
 * `/answers/goal` is `answers.goal`.
 */
export function issuesOf(problem: Problem | undefined): Record<string, Issue> {
  const issues: Record<string, Issue> = {};
  for (const { path, message } of problem?.issues ?? []) issues[fieldOf(path)] = { text: message };
  for (const { field } of problem?.findings ?? []) if (field !== undefined) issues[fieldOf(field)] = { say: 'contactDetails' };
  if (problem?.code === 'location_not_allowed') issues['location'] = { say: 'locationNotAllowed' };
  return issues;
}

function fieldOf(path: string): string {
  const name = path
    .replace(/^\//, '')
    .replaceAll(/\/|\[/g, '.')
    .replace(/^invitee\./, '');
  return name.startsWith('answers.') ? name : (name.split('.')[0] ?? name);
}
