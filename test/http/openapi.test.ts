import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { REASONS } from '../../shared/contract/reasons.ts';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld } from '../helpers/world.ts';

type Json = Record<string, unknown>;
interface Operation {
  readonly summary?: string;
  readonly tags?: string[];
  readonly parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  readonly requestBody?: { content: Record<string, { schema: Json }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}
interface Document {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: Json[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Json>; securitySchemes: Json };
}

const app = shareApp();
let document: Document;
beforeAll(async () => {
  const { status, body, headers } = await app().call('GET', '/openapi.json', { key: null });
  expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
  document = body as Document;
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
/** Draft 2020-12 is the dialect of OpenAPI 3.1; our own formats are words to it. */
const newAjv = () => new Ajv2020({ strict: false, validateFormats: false });

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 with every route of the contract', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Parley', version: expect.any(String) });
    const known = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    for (const route of ROUTES) expect(known).toContain(route);
  });

  test('names its components, so that generated clients have types with names', () => {
    const names = Object.keys(document.components.schemas);
    for (const name of [
      'Tenant',
      'NewTenant',
      'Host',
      'HostCreate',
      'Schedule',
      'EventType',
      'EventTypeCreate',
      'PublicEventType',
      'SlotsAnswer',
      'ComputeRequest',
      'Booking',
      'BookingCreate',
      'Notice',
      'CurrentNotice',
      'Acknowledgement',
      'Problem',
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
    const text = JSON.stringify(document);
    expect(text).not.toContain('"$id"');
    expect(text).not.toContain('x-parley-name');
    expect(JSON.stringify(document.paths['/v1/bookings']?.['post'])).toContain('#/components/schemas/BookingCreate');
  });

  test('refers only to what it defines, and every schema in it is one', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) expect(document.components.schemas, ref).toHaveProperty([ref.replace('#/components/schemas/', '')]);
    const ajv = newAjv();
    ajv.addSchema({ $id: 'doc', components: document.components });
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `doc#/components/schemas/${name}` }), name).not.toThrow();
    for (const schema of operations().flatMap(schemasOf)) expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  test('each operation says what it does, names the parameters of its path, and has a success and an error', () => {
    for (const { path, method, operation } of operations()) {
      const at = `${method} ${path}`;
      expect(operation.summary, at).toEqual(expect.any(String));
      expect(operation.tags, at).toHaveLength(1);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(named.map(({ name }) => name).toSorted(), at).toEqual(inPath.toSorted());
      expect(
        named.every(({ required }) => required === true),
        at,
      ).toBe(true);
      expect(
        Object.keys(operation.responses).some((status) => /^[23]\d\d$/.test(status)),
        at,
      ).toBe(true);
      expect(operation.responses['default']?.content, at).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
      for (const response of Object.values(operation.responses)) expect(response.description, at).toEqual(expect.any(String));
    }
  });

  test('lists every refusal code', () => {
    const { properties } = document.components.schemas['Problem'] as { properties: { code: { enum: string[] } } };
    expect(properties.code.enum).toEqual([...REASONS]);
  });

  test('describes what the server really answers', async () => {
    const world = await makeWorld(app());
    const ajv = newAjv();
    ajv.addSchema({ $id: 'doc', components: document.components });
    const key = world.secretKey;
    const ask = (method: 'GET' | 'POST', url: string, body?: unknown, as = key) =>
      app().call(method, url, { key: as, ...(body !== undefined && { body }) });
    const notice = { key: 'terms', placements: ['a'], stages: ['contract'], acknowledgement: 'none', text: { en: 'A' } };
    const booking = { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', invitee: { name: 'A', email: 'a@a.example' } };
    const answers: [string, unknown][] = [
      ['Tenant', (await ask('GET', '/v1/tenant')).body],
      ['Host', (await ask('GET', `/v1/hosts/${world.hostId}`)).body],
      ['Schedule', (await ask('GET', '/v1/schedules')).body.data[0]],
      ['EventType', (await ask('GET', `/v1/event-types/${world.eventTypeId}`)).body],
      ['PublicEventType', (await ask('GET', `/v1/event-types/${world.eventTypeId}`, undefined, world.publishableKey)).body],
      [
        'SlotsAnswer',
        (await ask('GET', `/v1/event-types/${world.eventTypeId}/slots?from=2026-11-24&to=2026-11-30&include=eventType,notice,brand`)).body,
      ],
      ['Notice', (await ask('POST', '/v1/notices', notice)).body],
      ['CurrentNotice', (await ask('GET', '/v1/notices/current')).body.data[0]],
      ['Booking', (await ask('POST', '/v1/bookings', booking)).body],
      ['Problem', (await ask('POST', '/v1/bookings', booking)).body],
      ['Problem', (await ask('POST', '/v1/bookings', {})).body],
      ['ApiKey', (await ask('GET', '/v1/api-keys')).body.data[0]],
    ];
    for (const [name, body] of answers) {
      const validate = ajv.compile({ $ref: `doc#/components/schemas/${name}` });
      expect(validate(body), `${name} ${JSON.stringify(body)}: ${JSON.stringify(validate.errors)}`).toBe(true);
      const undescribed = Object.keys(body as Json).filter(
        (field) => (document.components.schemas[name] as { properties: Json }).properties[field] === undefined,
      );
      expect(undescribed, name).toEqual([]);
    }
  });
});

test('/docs is a page that takes nothing from elsewhere', async () => {
  const page = await app().call('GET', '/docs/', { key: null });
  expect(page.status).toBe(200);
  const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([]);
  for (const source of sources.filter((one) => one.endsWith('.js'))) {
    const url = new URL(source, 'http://127.0.0.1/docs/').pathname;
    expect((await app().call('GET', url, { key: null })).status, url).toBe(200);
  }
});

function schemasOf({ operation }: { operation: Operation }): Json[] {
  return [
    ...(operation.parameters ?? []).map(({ schema }) => schema),
    ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
    ...Object.values(operation.responses).flatMap((response) => Object.values(response.content ?? {}).map(({ schema }) => schema)),
  ];
}

const ROUTES = [
  'POST /v1/tenants',
  'GET /v1/tenants',
  'GET /v1/tenant',
  'PATCH /v1/tenant',
  'POST /v1/tenant/rotate-embed-secret',
  'POST /v1/api-keys',
  'GET /v1/api-keys',
  'DELETE /v1/api-keys/{id}',
  'POST /v1/hosts',
  'GET /v1/hosts',
  'GET /v1/hosts/{id}',
  'PATCH /v1/hosts/{id}',
  'PUT /v1/hosts/{id}',
  'DELETE /v1/hosts/{id}',
  'POST /v1/schedules',
  'GET /v1/schedules',
  'GET /v1/schedules/{id}',
  'PATCH /v1/schedules/{id}',
  'DELETE /v1/schedules/{id}',
  'POST /v1/event-types',
  'GET /v1/event-types',
  'GET /v1/event-types/{id}',
  'PATCH /v1/event-types/{id}',
  'DELETE /v1/event-types/{id}',
  'GET /v1/event-types/{id}/slots',
  'POST /v1/slots/compute',
  'POST /v1/bookings',
  'GET /v1/bookings',
  'GET /v1/bookings/{id}',
  'POST /v1/bookings/{id}/cancel',
  'POST /v1/bookings/{id}/reschedule',
  'GET /v1/bookings/{id}/history',
  'GET /v1/bookings/{id}/calendar.ics',
  'POST /v1/notices',
  'GET /v1/notices',
  'POST /v1/notices/{key}/versions',
  'POST /v1/notices/{key}/versions/{id}/publish',
  'GET /v1/notices/current',
  'POST /v1/impressions',
  'POST /v1/acknowledgements',
  'GET /v1/acknowledgements',
  'GET /v1/acknowledgements/{id}',
  'POST /v1/acknowledgements/{id}/withdraw',
  'GET /healthz',
  'GET /readyz',
];
