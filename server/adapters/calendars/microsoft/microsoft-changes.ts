import { DAY_MS } from '../../../../shared/time/local-date.ts';
import type { CallOptions, CallOutcome, ChangeFeed, Credentials, OwnChange } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { field, textField } from '../http/request-json.ts';
import { callGraph, type GraphCall, readPages } from './call-graph.ts';
import { graphInterval } from './graph-time.ts';

const FIELDS = 'id,start,end,isAllDay,isCancelled';
/** A delta follows a fixed window, which its link carries along: from yesterday as far as anybody can book. */
const WINDOW_DAYS = 400;

/** Follows a calendar with Graph's delta links, asking for ids and times only, and keeps what is ours. */
export function microsoftChanges(open: (credentials: Credentials, call?: CallOptions) => GraphCall): ChangeFeed {
  return {
    readChanges: async (credentials, { calendarId, syncToken, ownEventIds }, call) => {
      const graph = open(credentials, call);
      const pages = await readPages(graph, syncToken ?? firstPath(graph, calendarId));
      if (!pages.ok) return pages;
      if (pages.value.deltaPath === null) return unavailable('Microsoft did not say where to go on reading');
      const changes: OwnChange[] = [];
      for (const item of pages.value.items) {
        const eventId = textField(item, 'id');
        if (eventId === null || !ownEventIds.has(eventId)) continue;
        const change = await changeOf(graph, item, eventId, syncToken !== null);
        if (!change.ok) return change;
        if (change.value !== null) changes.push(change.value);
      }
      return { ok: true, value: { changes, syncToken: pages.value.deltaPath } };
    },
  };
}

function firstPath({ nowMs }: GraphCall, calendarId: string): string {
  const range = `startDateTime=${new Date(nowMs - DAY_MS).toISOString()}&endDateTime=${new Date(nowMs + WINDOW_DAYS * DAY_MS).toISOString()}`;
  return `/me/calendars/${encodeURIComponent(calendarId)}/calendarView/delta?${range}&$select=${FIELDS}`;
}

/** `@removed` only says the event left the window, so a deletion is believed when the event itself is not there any more. */
async function changeOf(graph: GraphCall, item: unknown, eventId: string, isIncremental: boolean): Promise<CallOutcome<OwnChange | null>> {
  if (field(item, '@removed') === undefined) return presentOf(item, eventId);
  if (!isIncremental) return { ok: true, value: null };
  const event = await callGraph(graph, `/me/events/${encodeURIComponent(eventId)}?$select=${FIELDS}`);
  if (event.ok) return presentOf(event.value, eventId);
  return event.reason === 'notFound' ? { ok: true, value: { kind: 'deleted', eventId } } : event;
}

function presentOf(item: unknown, eventId: string): CallOutcome<OwnChange | null> {
  const interval = graphInterval(item);
  if (interval === null) return unavailable('Microsoft gave an event whose time cannot be read');
  return { ok: true, value: { kind: 'present', eventId, ...interval, etag: textField(item, '@odata.etag') } };
}
