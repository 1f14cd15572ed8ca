import { type DAVResponse, syncCollection } from 'tsdav';
import { busyOfEvents } from '../../../domain/calendars/busy-of-events.ts';
import type { CallOutcome, ChangeFeed, OwnChange } from '../contract.ts';
import { failed, failureOfStatus, unavailable } from '../failures.ts';
import { field } from '../http/request-json.ts';
import { readCalendarFile } from '../ics/read-calendar-file.ts';
import { eventUrl } from './caldav-writing.ts';
import type { Dav, OpenDav } from './open-dav.ts';

/** How servers refuse a token they no longer know (RFC 6578, 3.2, and what they make of it). */
const TOKEN_REFUSED = [400, 403, 409, 410, 412, 507];

/** Follows a calendar by sync-collection (RFC 6578), and reads those changed files that are ours. */
export function caldavChanges(open: OpenDav): ChangeFeed {
  return {
    readChanges: (credentials, { calendarId, syncToken, ownEventIds }, call) =>
      open(credentials, call, async (dav) => {
        const answers = await askForChanges(dav, calendarId, syncToken);
        const [first] = answers;
        const nextToken = tokenOf(first);
        if (first !== undefined && nextToken !== null) {
          return await readOwn(dav, { calendarId, ownEventIds, answers, nextToken, isIncremental: syncToken !== null });
        }
        const status = first?.status ?? 0;
        if (syncToken !== null && (await isTokenRefused(dav, calendarId, status))) {
          return failed('gone', 'the CalDAV server no longer knows where the last reading ended');
        }
        return status >= 400
          ? failureOfStatus(status, 'the CalDAV server', null, 0)
          : unavailable('the CalDAV server cannot tell what changed');
      }),
  };
}

function askForChanges(dav: Dav, url: string, syncToken: string | null): Promise<DAVResponse[]> {
  const { headers, fetch } = dav;
  return syncCollection({ url, props: { 'd:getetag': {} }, syncLevel: 1, syncToken: syncToken ?? '', headers, fetch });
}

/** Xandikos breaks on a token it does not know. It is the token that is wrong when the same question without one is answered. */
async function isTokenRefused(dav: Dav, url: string, status: number): Promise<boolean> {
  if (TOKEN_REFUSED.includes(status)) return true;
  return status === 500 && tokenOf((await askForChanges(dav, url, null))[0]) !== null;
}

/** The library hands the whole answer out with each part of it. */
function tokenOf(answer: DAVResponse | undefined): string | null {
  const token = field(field(answer?.raw, 'multistatus'), 'syncToken');
  return typeof token === 'string' || typeof token === 'number' ? String(token) : null;
}

interface Changed {
  readonly calendarId: string;
  readonly ownEventIds: ReadonlySet<string>;
  readonly answers: readonly DAVResponse[];
  readonly nextToken: string;
  readonly isIncremental: boolean;
}

async function readOwn(
  dav: Dav,
  { calendarId, ownEventIds, answers, nextToken, isIncremental }: Changed,
): Promise<CallOutcome<{ readonly changes: readonly OwnChange[]; readonly syncToken: string }>> {
  const uidOfPath = new Map([...ownEventIds].map((uid) => [new URL(eventUrl(calendarId, uid)).pathname, uid]));
  const changes: OwnChange[] = [];
  for (const { href, status } of answers) {
    const eventId = uidOfPath.get(new URL(href ?? '', calendarId).pathname);
    if (eventId === undefined) continue;
    if (status === 404) {
      if (isIncremental) changes.push({ kind: 'deleted', eventId });
      continue;
    }
    const present = await readPresent(dav, eventUrl(calendarId, eventId), eventId);
    if (!present.ok) return present;
    if (present.value !== null) changes.push(present.value);
  }
  return { ok: true, value: { changes, syncToken: nextToken } };
}

/** An event deleted between the two questions is told next time. */
async function readPresent(dav: Dav, url: string, eventId: string): Promise<CallOutcome<OwnChange | null>> {
  const response = await dav.fetch(url, { headers: dav.headers });
  if (response.status === 404) return { ok: true, value: null };
  if (!response.ok) return failureOfStatus(response.status, 'the CalDAV server', null, 0);
  const file = readCalendarFile(await response.text(), { ownAddresses: [] });
  const events = file?.events.filter(({ uid, recurrenceId }) => uid === eventId && recurrenceId === null) ?? [];
  // Whatever somebody made of its status: here only its time is asked for.
  const shown = events.map(
    (event) =>
      ({ ...event, rules: [], extraStarts: [], transparent: false, shownAs: 'busy', status: 'confirmed', answer: 'none' }) as const,
  );
  const answer = busyOfEvents({ events: shown, fromMs: -EVER_MS, untilMs: EVER_MS, hostZone: 'UTC', ownUids: new Set() });
  const [time] = answer.ok ? answer.busy : [];
  if (time === undefined) return unavailable('the CalDAV server gave an event whose time cannot be read');
  return { ok: true, value: { kind: 'present', eventId, startMs: time.startMs, endMs: time.endMs, etag: response.headers.get('etag') } };
}
const EVER_MS = 8e15;
