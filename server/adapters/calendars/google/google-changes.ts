import type { calendar_v3 } from '@googleapis/calendar';
import type { CallOptions, CallOutcome, ChangeFeed, Credentials, OwnChange } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { callGoogle, type GoogleCall } from './call-google.ts';
import { timeOf } from './read-google-busy.ts';

const MOST_PAGES = 100;
const FIELDS = 'items(id,status,etag,start,end),nextPageToken,nextSyncToken';

/** Follows a calendar with Google's sync tokens, asking for ids and times only, and keeps what is ours. */
export function googleChanges(open: (credentials: Credentials, call?: CallOptions) => GoogleCall): ChangeFeed {
  return {
    readChanges: async (credentials, { calendarId, syncToken, ownEventIds }, call) => {
      const google = open(credentials, call);
      const changes: OwnChange[] = [];
      let pageToken: string | undefined;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page: CallOutcome<calendar_v3.Schema$Events> = await callGoogle(google, (options) =>
          google.api.events.list(
            {
              calendarId,
              maxResults: 2500,
              fields: FIELDS,
              ...(syncToken === null ? {} : { syncToken }),
              ...(pageToken === undefined ? {} : { pageToken }),
            },
            options,
          ),
        );
        if (!page.ok) return page;
        const { items } = page.value;
        if (!Array.isArray(items)) return unavailable('Google gave a list that cannot be read');
        for (const item of items) {
          if (typeof item.id !== 'string' || !ownEventIds.has(item.id)) continue;
          const change = changeOf(item, item.id, syncToken !== null);
          if (change === 'unreadable') return unavailable('Google gave an event whose time cannot be read');
          if (change !== null) changes.push(change);
        }
        const { nextPageToken, nextSyncToken } = page.value;
        if (typeof nextSyncToken === 'string') return { ok: true, value: { changes, syncToken: nextSyncToken } };
        if (typeof nextPageToken !== 'string') return unavailable('Google gave neither a next page nor an end');
        pageToken = nextPageToken;
      }
      return unavailable('the calendar has too many changes');
    },
  };
}

function changeOf(item: calendar_v3.Schema$Event, eventId: string, isIncremental: boolean): OwnChange | 'unreadable' | null {
  if (item.status === 'cancelled') return isIncremental ? { kind: 'deleted', eventId } : null;
  const start = timeOf(item.start);
  const end = timeOf(item.end);
  // Somebody made a whole day of it: a change nobody can book, said by its UTC dates and left to the rules.
  const [startMs, endMs] = [start, end].map((time) =>
    time?.kind === 'instant' ? time.instantMs : time?.kind === 'date' ? time.date * 86_400_000 : null,
  );
  if (typeof startMs !== 'number' || typeof endMs !== 'number') return 'unreadable';
  return { kind: 'present', eventId, startMs, endMs, etag: item.etag ?? null };
}
