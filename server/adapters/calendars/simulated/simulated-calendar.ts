import { createHash } from 'node:crypto';
import { overlaps } from '../../../../shared/time/interval.ts';
import type { BusyInterval } from '../../../domain/calendars/busy-interval.ts';
import type { CalendarProvider, CallFailure, CallOutcome, Credentials, OwnChange, OwnEvent, WrittenEvent } from '../contract.ts';
import { failed, wrongCredentials } from '../failures.ts';

export interface SimulatedEvent {
  readonly eventId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly tentative: boolean;
  readonly etag: string;
  /** The revision of the calendar that last touched it. */
  readonly revision: number;
  readonly deleted: boolean;
}

/** A calendar that is nowhere but here. `fault`, while set, is the answer to every call. */
export interface SimulatedState {
  readonly busy: readonly BusyInterval[];
  readonly events: readonly SimulatedEvent[];
  readonly revision: number;
  readonly fault: CallFailure | null;
}

export const EMPTY_SIMULATION: SimulatedState = { busy: [], events: [], revision: 0, fault: null };

/** Where simulated calendars are kept. `change` must not lose one of two changes at once. */
export interface SimulatedStore {
  read(connectionId: string): Promise<SimulatedState | null>;
  change(connectionId: string, change: (state: SimulatedState) => SimulatedState): Promise<SimulatedState | null>;
}

const CALENDAR_ID = 'simulated';

/** For tests and demos: one calendar that behaves as the contract says, with busy times and faults to order. */
export function createSimulatedCalendar(store: SimulatedStore): CalendarProvider {
  const state = (credentials: Credentials): Promise<CallOutcome<SimulatedState>> => readState(store, credentials);
  const provider: CalendarProvider = {
    name: 'simulated',
    login: null,
    push: null,
    identify: async (credentials) => {
      const found = await state(credentials);
      return found.ok ? { ok: true, value: { account: 'Simulated calendar' } } : found;
    },
    listCalendars: async (credentials) => {
      const found = await state(credentials);
      return found.ok ? { ok: true, value: [{ id: CALENDAR_ID, name: 'Simulated calendar', primary: true, writable: true }] } : found;
    },
    readBusy: async (credentials, question) => {
      const found = await state(credentials);
      if (!found.ok) return found;
      const asked = { startMs: question.fromMs, endMs: question.untilMs };
      const others = found.value.events.filter(({ eventId, deleted }) => !deleted && !question.ownEventIds.has(eventId));
      const busy = [...found.value.busy, ...others.map(busyOf)].filter(
        (interval) => question.calendarIds.length > 0 && overlaps(interval, asked),
      );
      return { ok: true, value: { kind: 'read', busy, validators: null, unreadable: 0, unknownZones: 0 } };
    },
    revoke: () => Promise.resolve({ ok: true, value: { revoked: false } }),
    writing: {
      meetingLink: null,
      createCalendar: async (credentials, name) => {
        const found = await state(credentials);
        return found.ok ? { ok: true, value: { id: CALENDAR_ID, name, primary: false, writable: true } } : found;
      },
      createEvent: (credentials, _calendarId, event) => put(store, credentials, eventIdOf(event.uid), event),
      updateEvent: async (credentials, _calendarId, { eventId, etag }, event) => {
        const found = await state(credentials);
        if (!found.ok) return found;
        const known = found.value.events.find((one) => one.eventId === eventId && !one.deleted);
        if (known === undefined) return failed('notFound', 'the simulated calendar has no such event');
        if (etag !== null && etag !== known.etag) return failed('preconditionFailed', 'the event was changed in the meantime');
        return put(store, credentials, eventId, event);
      },
      removeEvent: async (credentials, _calendarId, eventId) => {
        const found = await state(credentials);
        if (!found.ok) return found;
        await store.change(connectionOf(credentials), (before) => deleteEvent(before, eventId));
        return { ok: true, value: null };
      },
    },
    changes: {
      readChanges: async (credentials, { syncToken, ownEventIds }) => {
        const found = await state(credentials);
        if (!found.ok) return found;
        const since = syncToken === null ? -1 : Number(syncToken);
        if (!(since <= found.value.revision)) return failed('gone', 'the simulated calendar does not know this point');
        const touched = found.value.events.filter(({ eventId, revision }) => revision > since && ownEventIds.has(eventId));
        const changes = touched.flatMap((event) => changeOf(event, syncToken !== null));
        return { ok: true, value: { changes, syncToken: String(found.value.revision) } };
      },
    },
  };
  return provider;
}

/** A simulated calendar after somebody deleted an event in it; as it was when there is no such event. */
export function deleteEvent(state: SimulatedState, eventId: string): SimulatedState {
  const revision = state.revision + 1;
  return {
    ...state,
    revision,
    events: state.events.map((event) => (event.eventId === eventId ? { ...event, deleted: true, revision } : event)),
  };
}

/** A simulated calendar after somebody moved an event in it. */
export function moveEvent(state: SimulatedState, eventId: string, startMs: number, endMs: number): SimulatedState {
  const revision = state.revision + 1;
  const moved = { startMs, endMs, revision, etag: String(revision) };
  return { ...state, revision, events: state.events.map((event) => (event.eventId === eventId ? { ...event, ...moved } : event)) };
}

function connectionOf(credentials: Credentials): string {
  if (credentials.kind !== 'simulated') throw wrongCredentials('simulated', credentials.kind);
  return credentials.connectionId;
}

async function readState(store: SimulatedStore, credentials: Credentials): Promise<CallOutcome<SimulatedState>> {
  const state = await store.read(connectionOf(credentials));
  if (state === null) return failed('notFound', 'there is no such simulated calendar');
  return state.fault ?? { ok: true, value: state };
}

function busyOf({ startMs, endMs, tentative }: SimulatedEvent): BusyInterval {
  return { startMs, endMs, kind: tentative ? 'tentative' : 'busy', allDay: false };
}

function eventIdOf(uid: string): string {
  return createHash('sha256').update(uid).digest('hex').slice(0, 32);
}

async function put(store: SimulatedStore, credentials: Credentials, eventId: string, event: OwnEvent): Promise<CallOutcome<WrittenEvent>> {
  const found = await readState(store, credentials);
  if (!found.ok) return found;
  const after = await store.change(connectionOf(credentials), (before) => {
    const revision = before.revision + 1;
    const { startMs, endMs, summary, description, location, tentative } = event;
    const written = {
      eventId,
      startMs,
      endMs,
      summary,
      description,
      location,
      tentative,
      etag: String(revision),
      revision,
      deleted: false,
    };
    return { ...before, revision, events: [...before.events.filter((one) => one.eventId !== eventId), written] };
  });
  if (after === null) return failed('notFound', 'there is no such simulated calendar');
  return { ok: true, value: { eventId, etag: String(after.revision), meetingUrl: null } };
}

function changeOf({ eventId, startMs, endMs, etag, deleted }: SimulatedEvent, isIncremental: boolean): OwnChange[] {
  if (!deleted) return [{ kind: 'present', eventId, startMs, endMs, etag }];
  return isIncremental ? [{ kind: 'deleted', eventId }] : [];
}
