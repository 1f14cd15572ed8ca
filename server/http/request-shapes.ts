import Type, { type TProperties } from 'typebox';
import { Id, ListQuery } from '../../shared/contract/common.ts';
import { strictObject } from '../../shared/contract/shape.ts';

/** GETs take a publishable key in the address too, so that a page's first request needs no preflight. */
const key = Type.Optional(Type.String({ maxLength: 200, description: 'A publishable key, instead of the Authorization header' }));

export const idParams = strictObject({ id: Id });

export function query<P extends TProperties>(properties: P) {
  return strictObject({ ...properties, key });
}

/** `cursor` and `limit`, and filters. */
export function listQuery<P extends TProperties = {}>(filters: P = {} as P) {
  return strictObject({ ...ListQuery, ...filters, key });
}
