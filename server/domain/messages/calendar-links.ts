import { formatInstant } from '../../../shared/time/instant.ts';

export interface CalendarLinkFacts {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly details: string;
  readonly location: string;
}

export interface CalendarLinks {
  readonly google: string;
  readonly outlook: string;
  readonly office365: string;
  readonly yahoo: string;
}

/** Longer notes are cut: mail programs and proxies break addresses beyond about 2,000 characters. */
const MAX_DETAILS = 600;

/**
 * Addresses that open a filled-in "new event" form in the big web calendars. Times are UTC to the second, so the form shows them
 * in whatever zone the reader's calendar is set to. Nothing is fetched and nothing identifies the reader.
 */
export function calendarLinks(facts: CalendarLinkFacts): CalendarLinks {
  const [title, details, location] = [facts.title, shorten(facts.details), facts.location].map(encode);
  const [start, end] = [utc(facts.startMs), utc(facts.endMs)];
  const [from, to] = [withoutMarks(start), withoutMarks(end)];
  const outlook = `path=%2Fcalendar%2Faction%2Fcompose&rru=addevent${filled({
    startdt: encode(start),
    enddt: encode(end),
    subject: title,
    body: details,
    location,
  })}`;
  return {
    google: `https://calendar.google.com/calendar/render?action=TEMPLATE${filled({ text: title, dates: `${from}%2F${to}`, details, location })}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`,
    office365: `https://outlook.office.com/calendar/0/deeplink/compose?${outlook}`,
    yahoo: `https://calendar.yahoo.com/?v=60&st=${from}&et=${to}${filled({ title, desc: details, in_loc: location })}`,
  };
}

/** `2026-08-03T14:00:00Z` */
function utc(ms: number): string {
  return formatInstant(Math.floor(ms / 1000) * 1000);
}

/** `20260803T140000Z` */
function withoutMarks(instant: string): string {
  return instant.replace(/[-:]/g, '');
}

function shorten(text: string): string {
  if (text.length <= MAX_DETAILS) return text;
  const characters = Array.from(text);
  return characters.length <= MAX_DETAILS ? text : `${characters.slice(0, MAX_DETAILS - 1).join('')}…`;
}

/** Spaces become `%20`, never `+`: Outlook shows a plus sign as it stands. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** The rest of a query, of encoded values; empty ones are left out. */
function filled(values: Readonly<Record<string, string | undefined>>): string {
  let text = '';
  for (const name in values) if (values[name]) text += `&${name}=${values[name]}`;
  return text;
}
