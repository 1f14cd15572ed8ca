import {
  EMPTY_SIMULATION,
  type SimulatedEvent,
  type SimulatedState,
} from '../../../server/adapters/calendars/simulated/simulated-calendar.ts';
import { insertConnection, saveConnectionCalendars } from '../../../server/adapters/db/connections.ts';
import { createSimulatedStore } from '../../../server/adapters/db/simulated-store.ts';
import { wantEventsOfHost } from '../../../server/adapters/db/written-events.ts';
import { sealCredentials } from '../../../server/flows/call-connection.ts';
import { createPostman } from '../../../server/flows/postman.ts';
import type { TestApp } from '../../helpers/app.ts';
import type { World } from '../../helpers/world.ts';

export interface SimulatedConnection {
  readonly connectionId: string;
  /** What lies in the calendar now, without what was deleted. */
  events(): Promise<SimulatedEvent[]>;
  /** As somebody with the calendar open, or the service itself. */
  change(change: (state: SimulatedState) => SimulatedState): Promise<void>;
  /** Does what is due, and has a look at what became of our events. */
  settle(): Promise<void>;
}

/** A host's simulated calendar that the bookings go to. */
export async function connectSimulated(given: TestApp, world: World): Promise<SimulatedConnection> {
  const { db, deps, clock } = given;
  const { tenantId, hostId } = world;
  const connectionId = deps.ids.next('con');
  const name = `${tenantId}/${connectionId}`;
  const now = () => new Date(clock.nowMs());
  const store = createSimulatedStore(db);
  await db.transaction().execute(async (trx) => {
    await insertConnection(trx, {
      tenant_id: tenantId,
      connection_id: connectionId,
      host_id: hostId,
      provider: 'simulated',
      account: 'Simulated calendar',
      credentials: sealCredentials(deps, tenantId, connectionId, { kind: 'simulated', connectionId: name }),
      access: 'writeAnyCalendar',
      write_calendar_id: 'simulated',
      treat_as_busy: { tentative: true, unanswered: false, outOfOffice: true, workingElsewhere: false, allDay: true },
      next_at: now(),
      follow_at: now(),
      created_at: now(),
      updated_at: now(),
    });
    const calendar = { name: 'Simulated calendar', is_primary: true, writable: true, blocks: true };
    await saveConnectionCalendars(trx, tenantId, connectionId, [
      { tenant_id: tenantId, connection_id: connectionId, calendar_id: 'simulated', ...calendar },
    ]);
    const state = JSON.stringify(EMPTY_SIMULATION) as never;
    await trx.insertInto('simulated_calendars').values({ tenant_id: tenantId, connection_id: connectionId, state }).execute();
    await wantEventsOfHost(trx, tenantId, hostId, now());
  });
  return {
    connectionId,
    events: async () => ((await store.read(name))?.events ?? []).filter(({ deleted }) => !deleted),
    change: async (change) => {
      await store.change(name, change);
    },
    settle: async () => {
      await db.updateTable('connections').set({ follow_at: now() }).where('connection_id', '=', connectionId).execute();
      await createPostman(deps, (error) => {
        throw error;
      }).drain();
    },
  };
}
