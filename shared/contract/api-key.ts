import Type from 'typebox';
import { Instant, Name } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const KeyScope = oneOf(['read', 'write', 'admin']);
export type KeyScope = Type.Static<typeof KeyScope>;

export const ApiKeyCreate = strictObject(
  {
    kind: Type.Optional(oneOf(['secret', 'publishable'], { default: 'secret' })),
    name: Type.Optional(Name),
    mode: Type.Optional(oneOf(['live', 'test'], { default: 'live' })),
    scopes: Type.Optional(Type.Array(KeyScope, { minItems: 1, uniqueItems: true })),
  },
  { $id: 'ApiKeyCreate' },
);
export type ApiKeyCreate = Type.Static<typeof ApiKeyCreate>;

export const ApiKey = Type.Object(
  {
    id: Type.String(),
    kind: oneOf(['secret', 'publishable']),
    name: nullable(Type.String()),
    mode: oneOf(['live', 'test']),
    scopes: Type.Array(KeyScope),
    prefix: Type.String({ description: 'The first characters, to recognise it by' }),
    createdAt: Instant,
    lastUsedAt: nullable(Instant),
  },
  { $id: 'ApiKey' },
);
export type ApiKey = Type.Static<typeof ApiKey>;

/** Answer of POST /v1/api-keys: the key is told here, once. */
export const NewApiKey = Type.Object({ ...ApiKey.properties, key: Type.String() }, { $id: 'NewApiKey' });
export type NewApiKey = Type.Static<typeof NewApiKey>;
export const ApiKeyPage = pageOf(ApiKey);
