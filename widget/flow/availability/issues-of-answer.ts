import type { Problem } from '../../../shared/contract/problem.ts';
import type { Issue, Issues } from './find-issues.ts';
import { type Week, weeklyHoursOf } from './week.ts';

/**
 * The server's objections by the ids of the controls they belong to. Entries of `weeklyHours` stand for blocks of several days, so each of
 * those is named; what belongs to no control of ours is under ''.
 */
export function issuesOfAnswer(problem: Problem | undefined, week: Week | null): Issues {
  const issues: Record<string, Issue> = {};
  for (const { path, message } of problem?.issues ?? [])
    for (const id of controlsOf(path, week)) issues[id] ??= { say: 'notAccepted', values: { detail: message } };
  for (const { field = '' } of problem?.findings ?? []) issues[field.split('.')[0] ?? ''] = { say: 'contactDetails' };
  return issues;
}

const RENAMED: Readonly<Record<string, string>> = {
  durationsMinutes: 'otherLength',
  'bookingWindow.days': 'windowDays',
  'bookingWindow.from': 'windowFrom',
  'bookingWindow.to': 'windowTo',
};

function controlsOf(path: string, week: Week | null): string[] {
  const dotted = path.replace(/^\//, '').replaceAll('/', '.');
  const [list = '', index = '', field = ''] = dotted.split('.');
  switch (list) {
    case 'weeklyHours': {
      const sources = week === null ? [] : (weeklyHoursOf(week).sources[Number(index)] ?? []);
      return sources.map(({ day, block }) => `hours-${day}-${block}-${field === 'start' ? 'start' : 'end'}`);
    }
    case 'dateOverrides':
      return [`special-${index}`];
    case 'travel':
      return [`travel-${index}-${field || 'to'}`];
    case 'reminders':
      return [`reminder-${index}`];
    default:
      return [RENAMED[dotted] ?? RENAMED[list] ?? list];
  }
}
