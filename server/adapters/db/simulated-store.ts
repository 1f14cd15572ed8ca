import { sql } from 'kysely';
import type { BusyInterval } from '../../domain/calendars/busy-interval.ts';
import { EMPTY_SIMULATION, type SimulatedState, type SimulatedStore } from '../calendars/simulated/simulated-calendar.ts';
import type { Db, Trx } from './schema.ts';
import { asJson } from './tenants.ts';

/** Keeps simulated calendars in our own tables. A calendar is named `TENANT/CONNECTION`. */
export function createSimulatedStore(db: Db): SimulatedStore {
  return {
    read: async (name) => {
      const [tenantId, connectionId] = partsOf(name);
      const row = await db
        .selectFrom('simulated_calendars')
        .select('state')
        .where('tenant_id', '=', tenantId)
        .where('connection_id', '=', connectionId)
        .executeTakeFirst();
      return row?.state ?? null;
    },
    change: async (name, change) => {
      const [tenantId, connectionId] = partsOf(name);
      return db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('simulated_calendars')
          .select('state')
          .where('tenant_id', '=', tenantId)
          .where('connection_id', '=', connectionId)
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) return null;
        const state = change(row.state);
        await trx
          .updateTable('simulated_calendars')
          .set({ state: asJson(state) })
          .where('tenant_id', '=', tenantId)
          .where('connection_id', '=', connectionId)
          .execute();
        return state;
      });
    },
  };
}

function partsOf(name: string): [string, string] {
  const [tenantId = '', connectionId = ''] = name.split('/');
  return [tenantId, connectionId];
}

/** Makes a simulated calendar, or gives one other busy time; its events stay. */
export async function keepSimulation(trx: Trx, tenantId: string, connectionId: string, busy: readonly BusyInterval[]): Promise<void> {
  const row = { tenant_id: tenantId, connection_id: connectionId, state: asJson({ ...EMPTY_SIMULATION, busy }) };
  await trx
    .insertInto('simulated_calendars')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'connection_id'])
        .doUpdateSet({ state: sql<SimulatedState>`simulated_calendars.state || ${JSON.stringify({ busy })}::jsonb` }),
    )
    .execute();
}
