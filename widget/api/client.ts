import type { Acknowledgement, AcknowledgementCreate } from '../../shared/contract/acknowledgement.ts';
import type { Booking, BookingCreate, ManagedBooking as Managed } from '../../shared/contract/booking.ts';
import type { Location } from '../../shared/contract/event-type.ts';
import type { Hold, HoldCreate } from '../../shared/contract/hold.ts';
import type { IncidentCreate, RecordedIncident } from '../../shared/contract/incident.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { SlotsAnswer } from '../../shared/contract/slots.ts';
import { askSlots, type SlotsQuestion } from './ask-slots.ts';
import { type Caller, type CallOptions, createCaller, type Query } from './caller.ts';
import type { Result } from './result.ts';

/** What a manage token opens; what changes a booking answers without whose token it is and the event type. */
export type ManagedBooking = Booking & Partial<Managed>;

/** The calls the widget makes. Each answers a `Result`; none throws, whatever comes back or does not. */
export interface Client {
  slots(question: SlotsQuestion): Promise<Result<SlotsAnswer>>;
  hold(body: HoldCreate, idempotencyKey: string): Promise<Result<Hold>>;
  release(holdId: string): Promise<Result<null>>;
  acknowledge(body: AcknowledgementCreate): Promise<Result<Acknowledgement>>;
  book(body: BookingCreate, idempotencyKey: string): Promise<Result<Booking>>;
  managedBooking(): Promise<Result<ManagedBooking>>;
  booking(bookingId: string): Promise<Result<Booking>>;
  /** Meetings of whoever's room token it is, by their starts. */
  bookings(query: { status: string; from: string; limit: number }): Promise<Result<Booking[]>>;
  changeLocation(bookingId: string, body: { location: Location }): Promise<Result<Booking>>;
  recordIncident(body: IncidentCreate): Promise<Result<RecordedIncident>>;
  cancel(bookingId: string, body: { reason?: string }): Promise<Result<Booking>>;
  reschedule(
    bookingId: string,
    body: { start: string; holdId?: string; acknowledgementId?: string; reason?: string },
  ): Promise<Result<Booking>>;
  changeGuests(bookingId: string, body: { add?: { email: string }[]; remove?: string[] }): Promise<Result<Booking>>;
  decide(bookingId: string, verb: 'confirm' | 'decline', body: { message?: string; reason?: string }): Promise<Result<Booking>>;
  currentNotices(query: {
    placement: string;
    locale: string;
    stage?: string | null;
    role?: string | null;
  }): Promise<Result<CurrentNotice[]>>;
  mayRedirect(url: string): Promise<Result<{ allowed: boolean }>>;
  reportImpression(body: { noticeVersionId: string; placement: string; locale: string }): Promise<Result<{ id: string }>>;
}

/** A client of the REST API, for browsers and Node. */
export function createClient(options: CallOptions): Client {
  return clientOf(createCaller(options));
}

/** The calls of the API over something that carries them. */
export function clientOf(call: Caller): Client {
  const get = <T>(path: string, query: Query = {}) => call<T>('GET', path, { query });
  const post = <T>(path: string, body: unknown, headers: Record<string, string> = {}) => call<T>('POST', path, { body, headers });
  const booking = (id: string, verb: string) => `/v1/bookings/${encodeURIComponent(id)}/${verb}`;
  return {
    slots: (question) => askSlots(call, question),
    hold: (body, key) => post('/v1/holds', body, { 'Idempotency-Key': key }),
    release: (id) => call('DELETE', `/v1/holds/${encodeURIComponent(id)}`),
    acknowledge: (body) => post('/v1/acknowledgements', body),
    book: (body, key) => post('/v1/bookings', body, { 'Idempotency-Key': key }),
    managedBooking: () => get('/v1/bookings/current'),
    booking: (id) => get(`/v1/bookings/${encodeURIComponent(id)}`),
    bookings: async (query) => {
      const answer = await get<{ data: Booking[] }>('/v1/bookings', query);
      return answer.ok ? { ok: true, value: answer.value.data } : answer;
    },
    changeLocation: (id, body) => post(booking(id, 'location'), body),
    recordIncident: (body) => post('/v1/incidents', body),
    cancel: (id, body) => post(booking(id, 'cancel'), body),
    reschedule: (id, body) => post(booking(id, 'reschedule'), body),
    changeGuests: (id, body) => post(booking(id, 'guests'), body),
    decide: (id, verb, body) => post(booking(id, verb), body),
    currentNotices: async (query) => {
      const answer = await get<{ data: CurrentNotice[] }>('/v1/notices/current', query);
      return answer.ok ? { ok: true, value: answer.value.data } : answer;
    },
    mayRedirect: (url) => get('/v1/redirects', { url }),
    reportImpression: (body) => post('/v1/impressions', body),
  };
}
