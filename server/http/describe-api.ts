import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

type Schema = Record<string, unknown>;

/** OpenAPI 3.1 from the route schemas; schemas that carry an `$id` become components. */
export function describeApi(publicUrl: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Parley', version: '1', description: 'Scheduling for message rooms: free times, communication terms, bookings.' },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A secret key, publishable key, manage token or the admin key' },
          roomToken: { type: 'apiKey', in: 'header', name: 'X-Room-Token', description: 'Beside a publishable key' },
        },
      },
      security: [{ key: [] }],
    },
    hideUntagged: true,
    transformObject: (document) =>
      hoistNamed(('openapiObject' in document ? document.openapiObject : document.swaggerObject) as Schema) as never,
  };
}

/** Moves every schema with an `$id` to `components.schemas` and leaves a `$ref`. */
function hoistNamed(document: Schema): Schema {
  const components = (document['components'] ?? {}) as Schema;
  const schemas: Schema = {};
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    const { $id, ...rest } = value as Schema;
    const walked = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, walk(inner)]));
    if (typeof $id !== 'string') return walked;
    schemas[$id] = walked;
    return { $ref: `#/components/schemas/${$id}` };
  };
  const paths = walk(document['paths']);
  return { ...document, paths, components: { ...components, schemas } };
}
