import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BusyQuestion, BusyReading, CallOutcome, OwnEvent } from '../../../server/adapters/calendars/contract.ts';
import { type CalendarWorld, SECRET_WORDS } from './calendar-world.ts';

const HOUR_MS = 3_600_000;
/** Tomorrow at ten: events may not lie outside the window a delta follows. */
const TEN_MS = Math.floor(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS + 34 * HOUR_MS;

/** What every calendar provider keeps, whoever is behind it. `start` gives a fresh account. */
export function describeCalendarContract(name: string, start: () => Promise<CalendarWorld>): void {
  describe(`${name} keeps the calendar contract`, () => {
    let world: CalendarWorld;
    beforeAll(async () => {
      world = await start();
    });
    afterEach(() => expect(world.problems()).toEqual([]));
    afterAll(() => world.stop());

    it('says whose account it is, and which calendars are in it', async () => {
      const { provider, credentials, calendarId } = world;
      expect(await provider.identify(credentials)).toMatchObject({ ok: true, value: { account: expect.stringMatching(/\S/) as string } });
      const calendars = await provider.listCalendars(credentials);
      expect(calendars.ok && calendars.value.map(({ id }) => id)).toContain(calendarId);
    });

    it('reads an empty calendar as free', async () => {
      expect(await busyTimes()).toEqual([]);
    });

    it('reads events of others as busy, within the range and not outside it', async () => {
      await world.addOutside({ startMs: TEN_MS, endMs: TEN_MS + HOUR_MS });
      await world.addOutside({ startMs: TEN_MS + 3 * HOUR_MS, endMs: TEN_MS + 4 * HOUR_MS });
      await world.addOutside({ startMs: TEN_MS + 48 * HOUR_MS, endMs: TEN_MS + 49 * HOUR_MS });
      expect(await busyTimes()).toEqual([
        [0, 1],
        [3, 4],
      ]);
    });

    it('lets nothing through but times and kinds', async () => {
      const reading = await read();
      for (const word of SECRET_WORDS) expect(JSON.stringify(reading)).not.toContain(word);
      expect(reading).toMatchObject({ ok: true, value: { kind: 'read' } });
      if (!reading.ok || reading.value.kind !== 'read') return;
      for (const busy of reading.value.busy) expect(Object.keys(busy).sort()).toEqual(['allDay', 'endMs', 'kind', 'startMs']);
    });

    it('answers the same again where nothing changed, or says that nothing did', async () => {
      const first = await read();
      const validators = first.ok && first.value.kind === 'read' ? first.value.validators : null;
      const second = await read({ validators });
      expect(second.ok && (second.value.kind === 'unchanged' || validators === null)).toBe(true);
      await world.addOutside({ startMs: TEN_MS + 5 * HOUR_MS, endMs: TEN_MS + 6 * HOUR_MS });
      expect(await read({ validators })).toMatchObject({ ok: true, value: { kind: 'read' } });
    });

    it('fails for a calendar that is not there, rather than calling it free', async () => {
      if (world.provider.name === 'ics' || world.provider.name === 'simulated') return;
      const calendarIds = [world.calendarId, `${world.calendarId.replace(/\/$/, '')}-missing/`];
      const reading = await read({ calendarIds });
      expect(reading).toMatchObject({ ok: false, reason: 'notFound' });
    });

    describe('writing', () => {
      const event: OwnEvent = {
        uid: 'bkg_1@parley',
        sequence: 0,
        startMs: TEN_MS + 7 * HOUR_MS,
        endMs: TEN_MS + 8 * HOUR_MS,
        summary: 'Intro call',
        description: 'Booked with Parley\nSecond line',
        location: 'Message room',
        tentative: false,
        meetingLink: false,
      };

      it('writes an event another program reads, and a second attempt makes no second event', async (context) => {
        const { writing, readOutside } = parts(context.skip);
        const first = await writing.createEvent(world.credentials, world.calendarId, event);
        const second = await writing.createEvent(world.credentials, world.calendarId, event);
        expect(first).toMatchObject({ ok: true });
        expect(second).toMatchObject({ ok: true, value: { eventId: first.ok ? first.value.eventId : '' } });
        const seen = (await readOutside()).filter(({ summary }) => summary === event.summary);
        expect(seen).toEqual([expect.objectContaining({ startMs: event.startMs, endMs: event.endMs })]);
        expect(seen[0]?.description).toContain('Second line');
      });

      it('does not count our own event twice, but does where it is not known as ours', async (context) => {
        const { writing } = parts(context.skip);
        const written = await writing.createEvent(world.credentials, world.calendarId, event);
        const ownEventIds = new Set(written.ok ? [written.value.eventId] : []);
        expect(await busyTimes({ ownEventIds, writeCalendarId: world.calendarId })).not.toContainEqual([7, 8]);
        expect(await busyTimes({ writeCalendarId: world.calendarId })).toContainEqual([7, 8]);
      });

      it('moves the event, and refuses to overwrite a change it has not seen', async (context) => {
        const { writing, readOutside, moveOutside } = parts(context.skip);
        const written = await writing.createEvent(world.credentials, world.calendarId, event);
        if (!written.ok) throw new Error(JSON.stringify(written));
        const later = { ...event, sequence: 1, startMs: event.startMs + 2 * HOUR_MS, endMs: event.endMs + 2 * HOUR_MS };
        const moved = await writing.updateEvent(world.credentials, world.calendarId, written.value, later);
        expect(moved).toMatchObject({ ok: true, value: { eventId: written.value.eventId } });
        expect((await readOutside()).filter(({ startMs }) => startMs === later.startMs)).toHaveLength(1);
        await moveOutside(written.value.eventId, { startMs: TEN_MS + 12 * HOUR_MS, endMs: TEN_MS + 13 * HOUR_MS });
        const etag = moved.ok ? moved.value.etag : null;
        expect(etag).not.toBeNull();
        const ref = { eventId: written.value.eventId, etag };
        expect(await writing.updateEvent(world.credentials, world.calendarId, ref, event)).toMatchObject({
          ok: false,
          reason: 'preconditionFailed',
        });
        const unseen = { ...ref, etag: null };
        expect(await writing.updateEvent(world.credentials, world.calendarId, unseen, { ...event, sequence: 2 })).toMatchObject({
          ok: true,
        });
      });

      it('removes the event, also one that is gone already', async (context) => {
        const { writing, readOutside } = parts(context.skip);
        const doomed = { ...event, uid: 'bkg_doomed@parley', summary: 'Doomed' };
        const written = await writing.createEvent(world.credentials, world.calendarId, doomed);
        const eventId = written.ok ? written.value.eventId : '';
        expect(await writing.removeEvent(world.credentials, world.calendarId, eventId)).toEqual({ ok: true, value: null });
        expect(await writing.removeEvent(world.credentials, world.calendarId, eventId)).toEqual({ ok: true, value: null });
        expect((await readOutside()).filter(({ summary }) => summary === 'Doomed')).toEqual([]);
      });

      it('brings an event back that was removed before', async (context) => {
        const { writing, readOutside } = parts(context.skip);
        const back = { ...event, uid: 'bkg_doomed@parley', summary: 'Back again' };
        expect(await writing.createEvent(world.credentials, world.calendarId, back)).toMatchObject({ ok: true });
        expect((await readOutside()).filter(({ summary }) => summary === 'Back again')).toHaveLength(1);
      });

      it('tells of our events that were moved or deleted outside, of no others, and never of a deletion when starting over', async (context) => {
        const { writing, changes, moveOutside, deleteOutside } = parts(context.skip);
        const ids: string[] = [];
        for (const uid of ['bkg_moved@parley', 'bkg_deleted@parley', 'bkg_still@parley']) {
          const written = await writing.createEvent(world.credentials, world.calendarId, { ...event, uid, summary: uid });
          if (!written.ok) throw new Error(JSON.stringify(written));
          ids.push(written.value.eventId);
        }
        const [movedId = '', deletedId = ''] = ids;
        const ownEventIds = new Set(ids);
        const ask = (syncToken: string | null) =>
          changes.readChanges(world.credentials, { calendarId: world.calendarId, syncToken, ownEventIds });
        const before = await ask(null);
        expect(before.ok && before.value.changes.map(({ kind }) => kind)).toEqual(['present', 'present', 'present']);
        await moveOutside(movedId, { startMs: TEN_MS + 20 * HOUR_MS, endMs: TEN_MS + 21 * HOUR_MS });
        await deleteOutside(deletedId);
        await world.addOutside({ startMs: TEN_MS + 22 * HOUR_MS, endMs: TEN_MS + 23 * HOUR_MS });
        const after = await ask(before.ok ? before.value.syncToken : null);
        const sorted = after.ok ? [...after.value.changes].sort((a, b) => a.kind.localeCompare(b.kind)) : after;
        expect(sorted).toEqual([
          { kind: 'deleted', eventId: deletedId },
          expect.objectContaining({ kind: 'present', eventId: movedId, startMs: TEN_MS + 20 * HOUR_MS, endMs: TEN_MS + 21 * HOUR_MS }),
        ]);
        const over = await ask(null);
        expect(over.ok && over.value.changes.map(({ kind }) => kind)).toEqual(['present', 'present']);
        const quiet = await ask(after.ok ? after.value.syncToken : null);
        expect(quiet.ok && quiet.value.changes).toEqual([]);
      });

      it('says that a sync token is worthless, rather than that all is deleted', async (context) => {
        const { changes } = parts(context.skip);
        const question = { calendarId: world.calendarId, syncToken: null, ownEventIds: new Set(['any']) };
        const before = await changes.readChanges(world.credentials, question);
        const real = before.ok ? before.value.syncToken : '';
        world.loseSyncTokens?.();
        const syncToken = world.loseSyncTokens === null ? real.replace(/[0-9a-f]{8}/, 'ffffffff') : real;
        expect(await changes.readChanges(world.credentials, { ...question, syncToken })).toMatchObject({ ok: false, reason: 'gone' });
      });

      it('makes a calendar of our own', async (context) => {
        const { writing } = parts(context.skip);
        const made = await writing.createCalendar(world.credentials, 'Parley bookings');
        if (!made.ok && made.reason === 'forbidden') return;
        expect(made).toMatchObject({ ok: true, value: { name: 'Parley bookings', writable: true } });
        const calendars = await world.provider.listCalendars(world.credentials);
        expect(calendars.ok && calendars.value.map(({ id }) => id)).toContain(made.ok ? made.value.id : '');
      });
    });

    /** What writing providers have; the rest skips. */
    function parts(skip: () => never) {
      const { writing, changes } = world.provider;
      const { readOutside, moveOutside, deleteOutside } = world;
      if (writing === null || changes === null || readOutside === null || moveOutside === null || deleteOutside === null) return skip();
      return { writing, changes, readOutside, moveOutside, deleteOutside };
    }

    function read(part: Partial<BusyQuestion> = {}): Promise<CallOutcome<BusyReading>> {
      return world.provider.readBusy(world.credentials, {
        calendarIds: [world.calendarId],
        writeCalendarId: null,
        fromMs: TEN_MS - 10 * HOUR_MS,
        untilMs: TEN_MS + 14 * HOUR_MS,
        hostZone: 'Europe/Berlin',
        ownEventIds: new Set(),
        validators: null,
        ...part,
      });
    }

    /** Hours after ten, as pairs. */
    async function busyTimes(part: Partial<BusyQuestion> = {}): Promise<readonly (readonly [number, number])[]> {
      const reading = await read(part);
      if (!reading.ok || reading.value.kind !== 'read') throw new Error(JSON.stringify(reading));
      const times = reading.value.busy.map(({ startMs, endMs }) => [(startMs - TEN_MS) / HOUR_MS, (endMs - TEN_MS) / HOUR_MS] as const);
      return times.sort((a, b) => a[0] - b[0]);
    }
  });
}
