import Type from 'typebox';
import {
  Booking,
  BookingCreate,
  BookingHistory,
  BookingPage,
  BookingsQuery,
  CancelRequest,
  ConfirmRequest,
  DeclineRequest,
  GuestsRequest,
  HostNoteRequest,
  LocationRequest,
  ManagedBooking,
  NoShowRequest,
  RescheduleRequest,
} from '../../../shared/contract/booking.ts';
import { book } from '../../flows/book.ts';
import { readBooking, readBookings, readHistory } from '../../flows/bookings.ts';
import { cancel } from '../../flows/cancel.ts';
import { changeLocation } from '../../flows/change-location.ts';
import { changeGuests } from '../../flows/change-guests.ts';
import { confirm, decline } from '../../flows/decide-request.ts';
import { markNoShow, noteForHost } from '../../flows/host-notes.ts';
import type { Deps } from '../../flows/deps.ts';
import { readCalendarFile } from '../../flows/read-calendar-file.ts';
import { readManagedBooking } from '../../flows/read-managed-booking.ts';
import { reschedule } from '../../flows/reschedule.ts';
import { answer, answerTagged, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { sendProblem } from '../problem.ts';
import { idParams, query } from '../request-shapes.ts';

const tags = ['Bookings'];
const everyParty = { secret: 'read', room: ['invitee', 'host'], manage: ['invitee', 'host'] } as const;
const onlyHost = { secret: 'write', room: ['host'], manage: ['host'] } as const;
const everyPartyWrites = { ...everyParty, secret: 'write' } as const;

export function registerBookings(app: App, deps: Deps): void {
  app.post(
    '/v1/bookings',
    {
      config: { allow: { secret: 'write', publishable: true }, leavesRules: true },
      schema: { tags, summary: 'Book a slot', body: BookingCreate, response: { 201: Booking } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => book(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/bookings',
    {
      config: { allow: { secret: 'read', room: ['invitee', 'host'] } },
      schema: {
        tags,
        summary: 'List bookings by their start',
        querystring: query(BookingsQuery.properties),
        response: { 200: BookingPage, 304: Type.Null() },
      },
    },
    async (request, reply) => answerTagged(request, reply, await readBookings(deps, tenantCaller(request), request.query)),
  );
  app.get(
    '/v1/bookings/current',
    {
      config: { allow: { manage: ['invitee', 'host'] } },
      schema: { tags, summary: 'The booking a manage token is for', response: { 200: ManagedBooking } },
    },
    async (request, reply) => answer(request, reply, await readManagedBooking(deps, tenantCaller(request))),
  );
  app.get(
    '/v1/bookings/:id',
    { config: { allow: everyParty }, schema: { tags, summary: 'Read a booking', params: idParams, response: { 200: Booking } } },
    async (request, reply) => answer(request, reply, await readBooking(deps, tenantCaller(request), request.params.id)),
  );
  app.post(
    '/v1/bookings/:id/cancel',
    {
      config: { allow: everyPartyWrites },
      schema: {
        tags,
        summary: 'Cancel a booking; its time is free at once',
        params: idParams,
        body: CancelRequest,
        response: { 200: Booking },
      },
    },
    async (request, reply) => answer(request, reply, await cancel(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/reschedule',
    {
      config: { allow: everyPartyWrites },
      schema: { tags, summary: 'Move a booking; it keeps its id', params: idParams, body: RescheduleRequest, response: { 200: Booking } },
    },
    async (request, reply) => answer(request, reply, await reschedule(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/location',
    {
      config: { allow: everyPartyWrites },
      schema: {
        tags,
        summary: 'Meet elsewhere; after call trouble also at a fallback location',
        params: idParams,
        body: LocationRequest,
        response: { 200: Booking },
      },
    },
    async (request, reply) => answer(request, reply, await changeLocation(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/confirm',
    {
      config: { allow: onlyHost },
      schema: {
        tags,
        summary: 'Say yes to a request, or to a new time asked for',
        params: idParams,
        body: ConfirmRequest,
        response: { 200: Booking },
      },
    },
    async (request, reply) => answer(request, reply, await confirm(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/decline',
    {
      config: { allow: onlyHost },
      schema: {
        tags,
        summary: 'Say no to a request, or to a new time asked for',
        params: idParams,
        body: DeclineRequest,
        response: { 200: Booking },
      },
    },
    async (request, reply) => answer(request, reply, await decline(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/guests',
    {
      config: { allow: { secret: 'write', room: ['invitee'], manage: ['invitee'] } },
      schema: { tags, summary: 'Add and remove guests', params: idParams, body: GuestsRequest, response: { 200: Booking } },
    },
    async (request, reply) => answer(request, reply, await changeGuests(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/bookings/:id/no-show',
    {
      config: { allow: onlyHost },
      schema: { tags, summary: 'The invitee did not come', params: idParams, body: NoShowRequest, response: { 200: Booking } },
    },
    async (request, reply) => answer(request, reply, await markNoShow(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.patch(
    '/v1/bookings/:id',
    {
      config: { allow: onlyHost },
      schema: { tags, summary: 'Write the host’s private note', params: idParams, body: HostNoteRequest, response: { 200: Booking } },
    },
    async (request, reply) => answer(request, reply, await noteForHost(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.get(
    '/v1/bookings/:id/history',
    {
      config: { allow: { secret: 'read', room: ['host'], manage: ['host'] } },
      schema: {
        tags,
        summary: 'Everything that happened to a booking, and what was and will be sent about it',
        params: idParams,
        response: { 200: BookingHistory },
      },
    },
    async (request, reply) => answer(request, reply, await readHistory(deps, tenantCaller(request), request.params.id)),
  );
  app.get(
    '/v1/bookings/:id/calendar.ics',
    {
      config: { allow: { ...everyParty, anybody: true } },
      schema: {
        tags,
        summary: 'The booking as a calendar file, by file token or credential',
        params: idParams,
        querystring: query({ t: Type.Optional(Type.String({ maxLength: 200 })) }),
      },
    },
    async (request, reply) => {
      const { caller } = request;
      const outcome = await readCalendarFile(deps, caller?.kind === 'admin' ? null : caller, request.params.id, request.query.t ?? null);
      if (!outcome.ok) return sendProblem(request, reply, outcome);
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="meeting.ics"')
        .send(outcome.value);
    },
  );
}
