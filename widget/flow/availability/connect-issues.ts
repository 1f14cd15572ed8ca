import type { Failure } from '../../api/result.ts';
import type { ConnectForm } from './connections.ts';
import type { Issue, Issues } from './find-issues.ts';

/** What is missing before a calendar can be tried, by the controls of the form. */
export function findConnectIssues({ provider, url, username, password }: ConnectForm): Issues {
  return {
    ...(url.trim() === '' && { 'connect-url': { say: 'needAddress' } }),
    ...(provider === 'caldav' && username.trim() === '' && { 'connect-username': { say: 'needUsername' } }),
    ...(provider === 'caldav' && password === '' && { 'connect-password': { say: 'needPassword' } }),
  };
}

/** People leave out how an address begins. */
export function wholeAddress(typed: string): string {
  const url = typed.trim();
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}

/** What the server says of what was typed, at the control it is about. */
export function connectIssuesOf({ problem }: Failure): Issues {
  const issues: Record<string, Issue> = {};
  for (const { path, message } of problem?.issues ?? []) {
    const field = path.replace(/^\//, '').split('/')[0] ?? '';
    if (field === 'password' || field === 'username') issues['connect-password'] ??= { say: 'wrongPassword' };
    else issues['connect-url'] ??= { say: 'addressSays', values: { detail: message } };
  }
  return issues;
}

/** Why a change came to nothing, where no control of the form is to blame. */
export function troubleOf({ code, problem }: Failure): Issue {
  if (code === 'offline') return { say: 'offline' };
  if (code === 'token_expired' || code === 'unauthenticated') return { say: 'tokenExpired' };
  const detail = problem?.issues?.[0]?.message ?? problem?.detail;
  return detail === undefined ? { say: 'unreachable' } : { say: 'notAccepted', values: { detail } };
}
