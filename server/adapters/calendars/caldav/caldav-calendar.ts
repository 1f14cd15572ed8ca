import { createAccount, type DAVAccount, fetchCalendars, makeCalendar } from 'tsdav';
import type { Clock } from '../../clock.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import type { CalendarProvider, CallOutcome, OutsideCalendar } from '../contract.ts';
import { unavailable } from '../failures.ts';
import { caldavChanges } from './caldav-changes.ts';
import { caldavWriting } from './caldav-writing.ts';
import { createOpenDav, type Dav } from './open-dav.ts';
import { readCaldavBusy } from './read-caldav-busy.ts';

/** How the addresses of calendars we made begin. */
const OWN = 'parley-';

/** Any CalDAV server (RFC 4791) with an app password: Nextcloud, iCloud, Fastmail, Radicale. A calendar's id is its address. */
export function createCaldavCalendar(outbound: Outbound, clock: Clock): CalendarProvider {
  const open = createOpenDav(outbound, clock);
  return {
    name: 'caldav',
    login: null,
    push: null,
    changes: caldavChanges(open),
    writing: caldavWriting(open, clock, async (dav, name) => {
      const account = await discover(dav);
      const url = new URL(`${OWN}${crypto.randomUUID()}/`, account.homeUrl).href;
      await makeCalendar({ url, props: { 'd:displayname': name }, headers: dav.headers, fetch: dav.fetch });
      return { id: url, name, primary: false, writable: true };
    }),
    identify: (credentials, call) =>
      open(credentials, call, async (dav) => {
        await discover(dav);
        return { ok: true, value: { account: `${dav.username} at ${new URL(dav.url).hostname}` } };
      }),
    listCalendars: (credentials, call) => open(credentials, call, listCalendars),
    readBusy: (credentials, question, call) => open(credentials, call, (dav) => readCaldavBusy(dav, question)),
    revoke: () => Promise.resolve({ ok: true, value: { revoked: false } }),
  };
}

/** Finds the account's calendars from the address given, by RFC 6764; throws where there are none. */
async function discover({ url, username, password, headers, fetch }: Dav): Promise<DAVAccount & { homeUrl: string }> {
  const credentials = { username, password };
  const account = await createAccount({ account: { serverUrl: url, accountType: 'caldav', credentials }, headers, fetch });
  const { homeUrl } = account;
  if (homeUrl === undefined) throw new Error('caldav: no calendar home');
  return { ...account, homeUrl };
}

async function listCalendars(dav: Dav): Promise<CallOutcome<readonly OutsideCalendar[]>> {
  const account = await discover(dav);
  const found = await fetchCalendars({ account, headers: dav.headers, fetch: dav.fetch });
  const calendars = found.filter(({ components }) => components === undefined || components.length === 0 || components.includes('VEVENT'));
  if (calendars.length === 0) return unavailable('the CalDAV server has no calendar in this account');
  // CalDAV knows no main calendar: the first that is not one we made.
  const main = calendars.find(({ url }) => !lastSegment(url).startsWith(OWN)) ?? calendars[0];
  return {
    ok: true,
    value: calendars.map(({ url, displayName }) => {
      const name = typeof displayName === 'string' ? displayName : lastSegment(url);
      return { id: url, name, primary: url === main?.url, writable: true };
    }),
  };
}

function lastSegment(url: string): string {
  return decodeURIComponent(url.split('/').findLast((segment) => segment !== '') ?? url);
}
