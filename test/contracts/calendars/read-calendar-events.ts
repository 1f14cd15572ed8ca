import { sync, type VEvent } from 'node-ical';
import type { CaldavServer } from './caldav-servers.ts';
import { basic } from './caldav-servers.ts';
import type { SeenEvent } from './calendar-world.ts';

/** Every event of a CalDAV calendar, read by another program's parser from the files the server has. */
export async function readCalendarEvents(server: CaldavServer): Promise<SeenEvent[]> {
  const headers = { authorization: basic(server) };
  const listed = await fetch(server.calendarUrl, { method: 'PROPFIND', headers: { ...headers, depth: '1' } });
  const paths = [...(await listed.text()).matchAll(/<(?:\w+:)?href>([^<]+\.ics)<\/(?:\w+:)?href>/g)].map((found) => found[1] ?? '');
  const files = await Promise.all(paths.map(async (path) => (await fetch(new URL(path, server.calendarUrl), { headers })).text()));
  return files.flatMap((file) =>
    Object.values(sync.parseICS(file))
      .filter((component): component is VEvent => component?.type === 'VEVENT')
      .map(({ start, end, summary, description }) => ({
        startMs: start.getTime(),
        endMs: (end ?? start).getTime(),
        summary: textOf(summary),
        description: textOf(description),
      })),
  );
}

/** node-ical gives a text with parameters as an object. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'val' in value ? String(value.val) : '';
}
