import Type, { type TProperties, type TSchema, type TSchemaOptions } from 'typebox';

/** An object that refuses unknown fields, so that a misspelt field is an error and never silently dropped. */
export function strictObject<P extends TProperties>(properties: P, options: TSchemaOptions = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** The schema or `null`. */
export function nullable<S extends TSchema>(schema: S, options: TSchemaOptions = {}) {
  return Type.Union([schema, Type.Null()], options);
}

/** One of a closed list of words. */
export function oneOf<const V extends readonly string[]>(values: V, options: TSchemaOptions = {}) {
  return Type.Unsafe<V[number]>(Type.String({ enum: [...values], ...options }));
}

/** A page of a list: `nextCursor` is `null` on the last page. */
export function pageOf<S extends TSchema>(item: S) {
  return Type.Object({ data: Type.Array(item), nextCursor: nullable(Type.String()) });
}

/**
 * The body of a PATCH by RFC 7396 (JSON Merge Patch): every field optional, `null` takes a field back to its default,
 * objects merge, arrays replace. The merged document is checked against the whole schema afterwards.
 */
export function mergePatchOf(schema: TSchema): TSchema {
  return loosen(schema);
}

function loosen(schema: object): object {
  const { $id: _id, required: _required, minProperties: _min, ...rest } = schema as Record<string, unknown>;
  if (Array.isArray(rest['anyOf'])) return { ...rest, anyOf: (rest['anyOf'] as object[]).map(loosen) };
  if (rest['properties'] === undefined) return schema;
  const properties = Object.fromEntries(
    Object.entries(rest['properties'] as Record<string, object>).map(([name, property]) => [name, orNull(loosen(property))]),
  );
  return { ...rest, properties };
}

function orNull(schema: object): object {
  const { default: _default, ...rest } = schema as Record<string, unknown>;
  // The word that tells the forms of a union apart has no default to go back to.
  if (rest['const'] !== undefined) return rest;
  return { anyOf: [rest, { type: 'null' }] };
}
