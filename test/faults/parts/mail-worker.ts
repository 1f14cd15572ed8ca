import { createInterface } from 'node:readline';
import { connectDatabase, type DatabaseAddress } from '../../../server/adapters/db/connect.ts';
import type { Database } from '../../../server/adapters/db/schema.ts';
import type { Deps } from '../../../server/flows/deps.ts';
import { deliverContinuously } from '../../../server/jobs/deliver-continuously.ts';
import { wire } from '../../../server/wiring.ts';

export interface WorkerOrders {
  readonly address: DatabaseAddress;
  readonly smtpUrl: string;
  readonly secretKey: string;
  readonly dataDir: string;
  /** How far its clock is ahead of the machine's. */
  readonly aheadMs: number;
}

/** The worker of the product, with a clock that is ahead: started as a process of its own, so that it can be killed like one. */
async function main(): Promise<void> {
  const orders = JSON.parse(process.argv[2] ?? '') as WorkerOrders;
  const db = connectDatabase<Database>({ address: orders.address, onIdleError: () => {} });
  const { smtpUrl, dataDir } = orders;
  const facts = {
    publicUrl: 'http://127.0.0.1',
    mailFrom: 'relay@parley.example',
    secretKeys: [Buffer.from(orders.secretKey, 'base64')],
    smtpUrl,
    dataDir,
  };
  const deps: Deps = { ...wire(db, facts), clock: { nowMs: () => Date.now() + orders.aheadMs } };
  const stop = deliverContinuously(deps, (line) => console.log(line));
  console.log('working');
  await new Promise((resolve) => createInterface({ input: process.stdin }).once('close', resolve));
  await stop();
  await deps.mailer.close();
  await db.destroy();
}

await main();
