import { busyOfEvents } from '../../../domain/calendars/busy-of-events.ts';
import type { Clock } from '../../clock.ts';
import type { Outbound, OutboundAnswer } from '../../outbound/outbound.ts';
import type { BusyQuestion, BusyReading, CalendarProvider, CallOptions, CallOutcome, Credentials } from '../contract.ts';
import { failed, failureOfOutbound, failureOfStatus, unavailable, wrongCredentials } from '../failures.ts';
import { readCalendarFile } from './read-calendar-file.ts';

export const MAX_FEED_BYTES = 12 * 1024 * 1024;
const LIMITS = { timeoutMs: 10_000, maxBytes: MAX_FEED_BYTES, maxRedirects: 5 } as const;
const FEED_ID = 'feed';

/** A calendar somebody publishes at an address (RFC 5545), read only. `webcal:` is http with another name. */
export function createIcsFeed(outbound: Outbound, clock: Clock): CalendarProvider {
  const fetchFeed = (
    credentials: Credentials,
    headers: Record<string, string>,
    call: CallOptions = {},
  ): Promise<CallOutcome<OutboundAnswer>> => askForFeed(outbound, clock, addressOf(credentials), headers, call);
  const provider: CalendarProvider = {
    name: 'ics',
    login: null,
    writing: null,
    changes: null,
    push: null,
    identify: async (credentials, call) => {
      const answer = await fetchFeed(credentials, {}, call);
      if (!answer.ok) return answer;
      if (readCalendarFile(textOf(answer.value), { ownAddresses: [] }) === null) return NO_CALENDAR;
      return { ok: true, value: { account: new URL(addressOf(credentials)).hostname } };
    },
    listCalendars: async (credentials, call) => {
      const whose = await provider.identify(credentials, call);
      return whose.ok ? { ok: true, value: [{ id: FEED_ID, name: whose.value.account, primary: true, writable: false }] } : whose;
    },
    readBusy: async (credentials, question, call) => {
      const answer = await fetchFeed(credentials, conditionsOf(question.validators), call);
      if (!answer.ok) return answer;
      return answer.value.status === 304 ? { ok: true, value: { kind: 'unchanged' } } : readAnswer(answer.value, question);
    },
    revoke: () => Promise.resolve({ ok: true, value: { revoked: false } }),
  };
  return provider;
}

const NO_CALENDAR = failed('refused', 'what is at this address is not a calendar, or breaks off');

function addressOf(credentials: Credentials): string {
  if (credentials.kind !== 'feed') throw wrongCredentials('ics', credentials.kind);
  return credentials.url.trim().replace(/^webcals?:/i, 'https:');
}

async function askForFeed(
  outbound: Outbound,
  clock: Clock,
  url: string,
  headers: Record<string, string>,
  call: CallOptions,
): Promise<CallOutcome<OutboundAnswer>> {
  const result = await outbound.fetch(url, { ...LIMITS, headers: { accept: 'text/calendar, */*;q=0.5', ...headers }, ...call });
  if (!result.ok) return failureOfOutbound(result.reason, result.detail);
  const { status, headers: answered } = result.answer;
  if (status === 200 || (status === 304 && Object.keys(headers).length > 0)) return { ok: true, value: result.answer };
  if (status === 401 || status === 403) return failed('authExpired', 'the address of the feed is no longer accepted');
  if (status === 404 || status === 410) return failed('notFound', 'there is no calendar at this address any more');
  return failureOfStatus(status, 'the feed', answered['retry-after'] ?? null, clock.nowMs());
}

function readAnswer(answer: OutboundAnswer, question: BusyQuestion): CallOutcome<BusyReading> {
  const file = readCalendarFile(textOf(answer), { ownAddresses: [] });
  if (file === null) return unavailable(NO_CALENDAR.detail);
  const busy = busyOfEvents({ ...question, events: file.events, ownUids: question.ownEventIds });
  if (!busy.ok) return failed('refused', 'the calendar repeats too often to be read');
  const { unreadable, unknownZones } = file;
  return { ok: true, value: { kind: 'read', busy: busy.busy, validators: validatorsOf(answer), unreadable, unknownZones } };
}

function textOf({ body }: OutboundAnswer): string {
  return body.toString('utf8');
}

/** The header names to send back, with what they are to say; null when the server gave nothing to compare with. */
function validatorsOf({ headers }: OutboundAnswer): string | null {
  const conditions = {
    ...(headers['etag'] === undefined ? {} : { 'if-none-match': headers['etag'] }),
    ...(headers['last-modified'] === undefined ? {} : { 'if-modified-since': headers['last-modified'] }),
  };
  return Object.keys(conditions).length === 0 ? null : JSON.stringify(conditions);
}

function conditionsOf(validators: string | null): Record<string, string> {
  return validators === null ? {} : (JSON.parse(validators) as Record<string, string>);
}
