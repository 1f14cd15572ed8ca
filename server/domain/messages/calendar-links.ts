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
  const details = shorten(facts.details);
  const compact = { start: compactUtc(facts.startMs), end: compactUtc(facts.endMs) };
  const outlookQuery = query({
    path: '/calendar/action/compose',
    rru: 'addevent',
    startdt: extendedUtc(facts.startMs),
    enddt: extendedUtc(facts.endMs),
    subject: facts.title,
    body: details,
    location: facts.location,
  });
  return {
    google: `https://calendar.google.com/calendar/render?${query({
      action: 'TEMPLATE',
      text: facts.title,
      dates: `${compact.start}/${compact.end}`,
      details,
      location: facts.location,
    })}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlookQuery}`,
    office365: `https://outlook.office.com/calendar/0/deeplink/compose?${outlookQuery}`,
    yahoo: `https://calendar.yahoo.com/?${query({
      v: '60',
      st: compact.start,
      et: compact.end,
      title: facts.title,
      desc: details,
      in_loc: facts.location,
    })}`,
  };
}

/** `20260803T140000Z` */
function compactUtc(ms: number): string {
  return extendedUtc(ms).replaceAll(/[-:]/g, '');
}

/** `2026-08-03T14:00:00Z` */
function extendedUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MAX_DETAILS ? text : `${characters.slice(0, MAX_DETAILS - 1).join('')}…`;
}

/** Empty values are left out. Spaces become `%20`, never `+`: Outlook shows a plus sign as it stands. */
function query(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd'))}`)
    .join('&');
}
