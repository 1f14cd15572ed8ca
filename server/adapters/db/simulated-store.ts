import type { SimulatedStore } from '../calendars/simulated/simulated-calendar.ts';
import type { Db } from './schema.ts';
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
