/** As much of JSON Schema as the contract uses. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

/** The name of a schema that has one. */
export type NameOf = (schema: Schema) => string | undefined;

/** A JSON Schema as a TypeScript type. What has a name is written as its name, except at the top; a `$ref` always is. */
export function typeOfSchema(schema: Schema, nameOf: NameOf): string {
  const inner = (part: Schema) => nameOf(part) ?? typeOfSchema(part, nameOf);
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(inner))].join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return arrayOf(inner(schema.items ?? {}));
    case 'object':
      return objectOf(schema, inner);
    case undefined:
      return 'unknown';
    default:
      throw new Error(`typeOfSchema: no word for ${schema.type}`);
  }
}

function arrayOf(type: string): string {
  return type.includes(' | ') ? `(${type})[]` : `${type}[]`;
}

function objectOf(
  { properties = {}, required = [], patternProperties = {}, additionalProperties }: Schema,
  inner: (part: Schema) => string,
) {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    const field = `${key}${required.includes(name) ? '' : '?'}: ${inner(schema)};`;
    return schema.description === undefined ? field : `/** ${schema.description} */\n${field}`;
  });
  const others = Object.values(patternProperties);
  if (additionalProperties === true) others.push({});
  if (typeof additionalProperties === 'object') others.push(additionalProperties);
  if (others.length > 0) fields.push(`[key: string]: ${others.map(inner).join(' | ')};`);
  return fields.length === 0 ? '{}' : `{\n${fields.join('\n').replaceAll(/^/gm, '  ')}\n}`;
}
