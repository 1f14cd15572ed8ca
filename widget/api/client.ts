import type { Acknowledgement, AcknowledgementCreate } from '../../shared/contract/acknowledgement.ts';
import type { Booking, BookingCreate } from '../../shared/contract/booking.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { PublicEventType } from '../../shared/contract/event-type.ts';
import type { Hold, HoldCreate } from '../../shared/contract/hold.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import type { SlotsAnswer } from '../../shared/contract/slots.ts';
import type { FailureCode, Result } from './result.ts';

/** Who calls. A manage token stands alone; a room token stands beside the publishable key. */
export interface Credentials {
  readonly publishableKey?: string | null;
  readonly roomToken?: string | null;
  readonly manageToken?: string | null;
}

export interface ClientOptions {
  /** Origin of the API, without a path. Asked before every call, as the credentials are. */
  readonly base: () => string;
  /** A renewed token counts at once. */
  readonly credentials: () => Credentials;
  readonly timeoutMs?: number;
}

export interface SlotsQuestion {
  readonly eventTypeId: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly durationMinutes?: number | null;
  readonly holdId?: string | null;
  readonly rescheduleOf?: string | null;
  readonly include?: string | null;
}

/** What a manage token opens: the booking, what everybody may see of its event type, and whose token it is. */
export type ManagedBooking = Booking & { readonly eventType?: PublicEventType; readonly role?: Role };

/** The calls the widget makes. Each answers a `Result`; none throws, whatever comes back or does not. */
export interface Client {
  slots(question: SlotsQuestion): Promise<Result<SlotsAnswer>>;
  hold(body: HoldCreate): Promise<Result<Hold>>;
  release(holdId: string): Promise<Result<null>>;
  acknowledge(body: AcknowledgementCreate): Promise<Result<Acknowledgement>>;
  book(body: BookingCreate, idempotencyKey: string): Promise<Result<Booking>>;
  managedBooking(): Promise<Result<ManagedBooking>>;
  cancel(bookingId: string, body: { reason?: string }): Promise<Result<Booking>>;
  reschedule(bookingId: string, body: { start: string; holdId?: string; acknowledgementId?: string }): Promise<Result<Booking>>;
  changeGuests(bookingId: string, body: { add?: { email: string }[]; remove?: string[] }): Promise<Result<Booking>>;
  decide(bookingId: string, verb: 'confirm' | 'decline', body: { message?: string; reason?: string }): Promise<Result<Booking>>;
  currentNotices(query: {
    placement: string;
    locale: string;
    stage?: string | null;
    role?: string | null;
  }): Promise<Result<CurrentNotice[]>>;
  reportImpression(body: { noticeVersionId: string; placement: string; locale: string }): Promise<Result<{ id: string }>>;
}

/** A client of the REST API, for the browser. */
export function createClient(options: ClientOptions): Client {
  const get = <T>(path: string, query: Query = {}) => call<T>(options, 'GET', path, { query });
  const post = <T>(path: string, body: unknown, headers: Headers = {}) => call<T>(options, 'POST', path, { body, headers });
  const booking = (id: string, verb: string) => `/v1/bookings/${encodeURIComponent(id)}/${verb}`;
  return {
    slots: ({ eventTypeId, ...query }) => get(`/v1/event-types/${encodeURIComponent(eventTypeId)}/slots`, query),
    hold: (body) => post('/v1/holds', body),
    release: (id) => call(options, 'DELETE', `/v1/holds/${encodeURIComponent(id)}`, {}),
    acknowledge: (body) => post('/v1/acknowledgements', body),
    book: (body, key) => post('/v1/bookings', body, { 'Idempotency-Key': key }),
    managedBooking: () => get('/v1/bookings/current'),
    cancel: (id, body) => post(booking(id, 'cancel'), body),
    reschedule: (id, body) => post(booking(id, 'reschedule'), body),
    changeGuests: (id, body) => post(booking(id, 'guests'), body),
    decide: (id, verb, body) => post(booking(id, verb), body),
    currentNotices: async (query) => {
      const answer = await get<{ data: CurrentNotice[] }>('/v1/notices/current', query);
      return answer.ok ? { ok: true, value: answer.value.data } : answer;
    },
    reportImpression: (body) => post('/v1/impressions', body),
  };
}

type Query = Readonly<Record<string, string | number | null | undefined>>;
type Headers = Readonly<Record<string, string>>;
interface Call {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Headers;
}

const TIMEOUT_MS = 20_000;

async function call<T>(options: ClientOptions, method: string, path: string, { query = {}, body, headers = {} }: Call): Promise<Result<T>> {
  const { publishableKey, roomToken, manageToken } = options.credentials();
  const sent: Record<string, string> = { ...headers };
  const url = new URL(path, options.base());
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  if (manageToken) sent['Authorization'] = `Bearer ${manageToken}`;
  // As a query parameter a GET needs no preflight, which saves the first answer a round trip.
  else if (publishableKey && method === 'GET') url.searchParams.set('key', publishableKey);
  else if (publishableKey) sent['Authorization'] = `Bearer ${publishableKey}`;
  if (roomToken && !manageToken) sent['X-Room-Token'] = roomToken;
  if (body !== undefined) sent['Content-Type'] = 'application/json';

  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeoutMs ?? TIMEOUT_MS);
  try {
    const answer = await fetch(url, {
      method,
      headers: sent,
      credentials: 'omit',
      signal: stop.signal,
      keepalive: method === 'DELETE',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await read<T>(answer);
  } catch {
    // Node knows no `onLine`, and this client runs there too.
    const isOffline = (navigator.onLine as boolean | undefined) === false;
    return { ok: false, code: stop.signal.aborted ? 'slow' : isOffline ? 'offline' : 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

/** An answer that is not ours (a proxy's HTML page, an empty body) counts as not reached. */
async function read<T>(answer: Response): Promise<Result<T>> {
  if (answer.status === 204) return { ok: true, value: null as T };
  const type = answer.headers.get('Content-Type') ?? '';
  if (!/\bjson\b/.test(type)) return { ok: false, code: 'unreachable' };
  const content: unknown = await answer.json();
  if (answer.ok) return { ok: true, value: content as T };
  const problem = content as Problem;
  return typeof problem?.code === 'string' ? { ok: false, code: problem.code as FailureCode, problem } : { ok: false, code: 'unreachable' };
}
