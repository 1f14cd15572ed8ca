import { describe, expect, it } from 'vitest';
import type { Connection, ConnectionChange } from '../../../shared/contract/connection.ts';
import type { HostClient } from '../../../widget/api/host-client.ts';
import type { Result } from '../../../widget/api/result.ts';
import { AvailabilityCalendars, type CalendarsHost } from '../../../widget/elements/availability-calendars.ts';
import { type Calendars, NO_CALENDARS } from '../../../widget/flow/availability/connections.ts';

describe('changes of connected calendars', () => {
  it('are shown at once, outlive the answers to earlier ones, and are taken back alone where the server refuses them', async () => {
    const { calendars, answer, blocking } = await connected([connection('con_1', 'a', 'b', 'c')]);
    const changes = ['a', 'b', 'c'].map((id) => calendars.change('con_1', { calendars: [{ id, blocks: true }] }));
    expect(blocking()).toEqual(['a', 'b', 'c']);
    await answer((kept) => ({ ok: true, value: kept('a') }));
    expect(blocking()).toEqual(['a', 'b', 'c']);
    await answer(() => ({ ok: false, code: 'unavailable' }));
    expect(blocking()).toEqual(['a', 'c']);
    await answer((kept) => ({ ok: true, value: kept('a', 'c') }));
    await Promise.all(changes);
    expect(blocking()).toEqual(['a', 'c']);
  });

  it('show that the bookings left another calendar for the one that is to get them', async () => {
    const one = { ...connection('con_1', 'a'), writeCalendarId: 'a' };
    const { calendars, state, server, answer } = await connected([one, connection('con_2', 'b')]);
    const change = calendars.change('con_2', { writeCalendarId: 'b' });
    expect(state().list.map(({ writeCalendarId }) => writeCalendarId)).toEqual(['a', 'b']);
    server.kept = [
      { ...one, writeCalendarId: null },
      { ...connection('con_2', 'b'), writeCalendarId: 'b' },
    ];
    await answer(() => ({ ok: true, value: server.kept[1] as Connection }));
    await change;
    expect(state().list.map(({ writeCalendarId }) => writeCalendarId)).toEqual([null, 'b']);
  });
});

function connection(id: string, ...calendars: string[]): Connection {
  const listed = calendars.map((each) => ({ id: each, name: each, primary: false, writable: true, own: false, blocks: false }));
  return {
    id,
    hostId: 'host_1',
    provider: 'caldav',
    account: id,
    access: 'writeAnyCalendar',
    status: 'ok',
    detail: null,
    checkedAt: null,
    failureMode: 'hide',
    treatAsBusy: { tentative: true, unanswered: false, outOfOffice: true, workingElsewhere: false, allDay: true },
    writeCalendarId: null,
    calendars: listed,
    createdAt: '2026-08-03T10:00:00Z',
    updatedAt: '2026-08-03T10:00:00Z',
  } as Connection;
}

/** The calendars of one host, whose server answers each change when the test says so. */
async function connected(list: Connection[]) {
  const server = { kept: list };
  let state: Calendars = NO_CALENDARS;
  const waiting: ((result: Result<Connection>) => void)[] = [];
  const client: Partial<HostClient> = {
    connections: async () => ({ ok: true, value: server.kept }),
    changeConnection: async (_id: string, _change: ConnectionChange) =>
      new Promise<Result<Connection>>((resolve) => {
        waiting.push(resolve);
      }),
  };
  const around = {
    client,
    state: () => ({ calendars: state, settings: { host: { id: 'host_1' } } }),
    show: (change: Partial<Calendars>) => (state = { ...state, ...change }),
    changed: () => {},
    report: () => {},
    focusOn: () => {},
  } as unknown as CalendarsHost;
  const calendars = new AvailabilityCalendars(around);
  await calendars.load();
  const keptWith = (...blocks: string[]): Connection => {
    const [first] = list as [Connection];
    return { ...first, calendars: first.calendars.map((each) => ({ ...each, blocks: blocks.includes(each.id) })) };
  };
  /** Answers the change that waits, and lets what follows from it happen. */
  const answer = async (make: (kept: typeof keptWith) => Result<Connection>) => {
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.(make(keptWith));
    await expect.poll(() => state.busyId === null || waiting.length > 0).toBe(true);
  };
  const blocking = () => state.list.flatMap((each) => each.calendars.filter(({ blocks }) => blocks).map(({ id }) => id));
  return { calendars, server, answer, blocking, state: () => state };
}
