import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { Problem } from '../../shared/contract/problem.ts';

type Schema = Record<string, unknown>;

/** Where a schema's `$id` waits while @fastify/swagger works: it drops every `$id`. */
const NAME = 'x-parley-name';
const COMPONENTS = '#/components/schemas/';

/** OpenAPI 3.1 from the route schemas; schemas that carry an `$id` become components of that name. */
export function describeApi(publicUrl: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parley',
        version: '1',
        description: 'Scheduling for message rooms: free times, communication terms, bookings.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A secret key, publishable key, manage token or the admin key' },
          roomToken: { type: 'apiKey', in: 'header', name: 'X-Room-Token', description: 'Beside a publishable key' },
        },
      },
      security: [{ key: [] }, { key: [], roomToken: [] }],
    },
    hideUntagged: true,
    transform: ({ schema, url }) => ({ schema: keepNames(schema) as never, url }),
    transformObject: (document) => finish('openapiObject' in document ? document.openapiObject : document.swaggerObject),
  };
}

function keepNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keepNames);
  if (value === null || typeof value !== 'object') return value;
  const { $id, ...rest } = value as Schema;
  const kept = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, keepNames(inner)]));
  return typeof $id === 'string' ? { ...kept, [NAME]: $id } : kept;
}

function finish(document: Schema): Schema {
  const schemas: Record<string, Schema> = {};
  const paths = hoistNamed(document['paths'], schemas) as Record<string, Record<string, Operation>>;
  hoistNamed(keepNames(Problem), schemas);
  for (const [method, operation] of Object.values(paths).flatMap((path) => Object.entries(path))) addCommon(method, operation);
  return { ...document, paths, components: { ...(document['components'] as Schema), schemas } };
}

/** Moves every named schema to `schemas` and leaves a `$ref`. */
function hoistNamed(value: unknown, schemas: Record<string, Schema>): unknown {
  if (Array.isArray(value)) return value.map((inner) => hoistNamed(inner, schemas));
  if (value === null || typeof value !== 'object') return value;
  const { [NAME]: name, ...rest } = value as Schema;
  const hoisted = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, hoistNamed(inner, schemas)]));
  if (typeof name !== 'string') return hoisted;
  schemas[name] = hoisted;
  return { $ref: `${COMPONENTS}${name}` };
}

interface Operation {
  parameters?: Schema[];
  responses: Record<string, Schema>;
}

/** What every operation shares and no route repeats: the error answer, and the key of those that make something. */
function addCommon(method: string, operation: Operation): void {
  operation.responses['default'] = {
    description: 'An error (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: `${COMPONENTS}Problem` } } },
  };
  if (method === 'post' && operation.responses['201'] !== undefined) {
    const description = 'Makes a retry safe: the same body gets the same answer for 24 hours';
    operation.parameters = [
      ...(operation.parameters ?? []),
      { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', minLength: 1, maxLength: 255 } },
    ];
  }
}
