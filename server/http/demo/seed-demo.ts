import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../app-type.ts';
import { CAST, TERMS, TERMS_FALLBACK, TERMS_LABEL } from './cast.ts';

/** What the demo marketplace keeps in its own configuration. */
export interface DemoKeys {
  readonly tenantId: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly embedSecret: string;
  readonly rooms: readonly DemoRoom[];
}

export interface DemoRoom {
  readonly id: string;
  readonly freelancer: string;
  readonly hostId: string;
  readonly eventTypeId: string;
}

/**
 * Makes the demo tenant with its people and terms, through the public API as a customer would, on the first run only. The keys are kept in
 * `demo.json` (0600) in the data directory; when that file and the database no longer fit together, a new demo is made.
 */
export async function seedDemo(app: App, adminKey: string, dataDir: string): Promise<DemoKeys> {
  const file = join(dataDir, 'demo.json');
  if (existsSync(file)) {
    const kept = JSON.parse(await readFile(file, 'utf8')) as DemoKeys;
    const known = await app.inject({ url: '/v1/tenant', headers: { authorization: `Bearer ${kept.secretKey}` } });
    if (known.statusCode === 200) return kept;
  }
  const keys = await makeDemo(app, adminKey);
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

async function makeDemo(app: App, adminKey: string): Promise<DemoKeys> {
  const tenant = await post<{ id: string; secretKey: string; publishableKey: string; embedSecret: string }>(app, adminKey, '/v1/tenants', {
    name: 'Fieldwork',
    brand: { name: 'Fieldwork', color: '#2f6f4f' },
    requireRoomToken: true,
    defaultStage: 'preContract',
    ipPolicy: 'off',
    policy: { preContract: { locations: ['room'], fallbackLocations: ['link'] } },
  });
  await post(app, tenant.secretKey, '/v1/notices', {
    key: 'communication-terms',
    placements: ['messageRoom', 'booking'],
    stages: ['preContract'],
    severity: 'warning',
    acknowledgement: 'oncePerRoom',
    text: { en: TERMS },
    label: { en: TERMS_LABEL },
    fallback: { en: TERMS_FALLBACK },
  });
  const rooms: DemoRoom[] = [];
  for (const freelancer of CAST) {
    const { externalId, host, eventType } = freelancer;
    const { id: hostId } = await post<{ id: string }>(app, tenant.secretKey, '/v1/hosts', { ...host, externalId });
    const { id: eventTypeId } = await post<{ id: string }>(app, tenant.secretKey, '/v1/event-types', { ...eventType, hostId });
    rooms.push({ id: `room_${externalId.slice('fw_'.length)}`, freelancer: externalId, hostId, eventTypeId });
  }
  const { id: tenantId, secretKey, publishableKey, embedSecret } = tenant;
  return { tenantId, secretKey, publishableKey, embedSecret, rooms };
}

async function post<T>(app: App, key: string, url: string, payload: object): Promise<T> {
  const response = await app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${key}` }, payload });
  if (response.statusCode >= 300) throw new Error(`demo: POST ${url} answered ${response.statusCode}: ${response.body}`);
  return response.json();
}
