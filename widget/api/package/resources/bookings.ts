import type {
  Booking,
  BookingCreate,
  BookingHistory,
  BookingStatus,
  CancelRequest,
  ConfirmRequest,
  DeclineRequest,
  GuestsRequest,
  HostNoteRequest,
  LocationRequest,
  ManagedBooking,
  NoShowRequest,
  RescheduleRequest,
} from '../../../../shared/contract/booking.ts';
import { type Call, pathOf } from '../call.ts';
import type { CallOptions, CreateOptions } from '../client-options.ts';
import { type Listing, listingOf } from '../listing.ts';
import type { Result } from '../result.ts';

/** `from` and `to` are instants. */
export interface BookingsFilter {
  readonly hostId?: string | undefined;
  readonly inviteeExternalId?: string | undefined;
  readonly roomId?: string | undefined;
  readonly status?: BookingStatus | readonly BookingStatus[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Meetings, by their starts. */
export interface Bookings extends Listing<Booking, BookingsFilter> {
  create(body: BookingCreate, options?: CreateOptions): Promise<Result<Booking>>;
  get(id: string, options?: CallOptions): Promise<Result<Booking>>;
  /** The one booking a manage token is for. */
  current(options?: CallOptions): Promise<Result<ManagedBooking>>;
  /** Cancelling a cancelled booking changes nothing and is no failure. */
  cancel(id: string, body?: CancelRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** Moves it; the id stays. */
  reschedule(id: string, body: RescheduleRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** Accepts a request. */
  confirm(id: string, body?: ConfirmRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** Refuses a request. */
  decline(id: string, body?: DeclineRequest, options?: CallOptions): Promise<Result<Booking>>;
  changeGuests(id: string, body: GuestsRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** Where it takes place, when the terms allow another place. */
  changeLocation(id: string, body: LocationRequest, options?: CallOptions): Promise<Result<Booking>>;
  markNoShow(id: string, body?: NoShowRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** The host's own line about it. */
  keepNote(id: string, body: HostNoteRequest, options?: CallOptions): Promise<Result<Booking>>;
  /** Everything that happened to it, and what was and will be sent about it. */
  history(id: string, options?: CallOptions): Promise<Result<BookingHistory>>;
  /** The booking as an iCalendar file; `t` is the file token of its link. */
  calendarFile(id: string, query?: { readonly t?: string | undefined }, options?: CallOptions): Promise<Result<string>>;
}

export function bookingsOf(call: Call): Bookings {
  const verb =
    (name: string) =>
    <Body extends object>(id: string, body?: Body, options?: CallOptions) =>
      call<Booking>('POST', `${pathOf`/v1/bookings/${id}`}/${name}`, { ...options, body: body ?? {} });
  return {
    ...listingOf<Booking, BookingsFilter>(call, '/v1/bookings'),
    create: (body, options) => call('POST', '/v1/bookings', { ...options, body, creates: true }),
    get: (id, options) => call('GET', pathOf`/v1/bookings/${id}`, options),
    current: (options) => call('GET', '/v1/bookings/current', options),
    cancel: verb('cancel'),
    reschedule: verb('reschedule'),
    confirm: verb('confirm'),
    decline: verb('decline'),
    changeGuests: verb('guests'),
    changeLocation: verb('location'),
    markNoShow: verb('no-show'),
    keepNote: (id, body, options) => call('PATCH', pathOf`/v1/bookings/${id}`, { ...options, body }),
    history: (id, options) => call('GET', pathOf`/v1/bookings/${id}/history`, options),
    calendarFile: (id, query, options) => call('GET', pathOf`/v1/bookings/${id}/calendar.ics`, { ...options, query, as: 'text' }),
  };
}
