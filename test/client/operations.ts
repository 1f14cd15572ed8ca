import { createClient } from '../../widget/api/package/index.ts';
import { type Schema, typeOfSchema } from '../../scripts/type-of-schema.ts';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Schema }> }>;
}

/** `/openapi.json`, as far as it is looked at here. */
export interface ApiDocument {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

/** Methods that make different calls depending on what they are given, with the words that lead to each. */
const CHOICES: Record<string, readonly string[][]> = {
  'connections.authorize': [
    ['id', 'google'],
    ['id', 'microsoft'],
  ],
};

/** Which operations each method of the client calls, `bookings.create` for `POST /v1/bookings`, found by calling all of them. */
export async function calledOperations({ paths }: ApiDocument): Promise<Map<string, string[]>> {
  const asked: string[] = [];
  const client = createClient({
    baseUrl: 'http://parley.test',
    retries: 0,
    fetch: async (url, init) => {
      asked.push(`${init?.method} ${new URL(url as URL).pathname}`);
      return Response.json({ data: [], nextCursor: null });
    },
  });
  const called = new Map<string, string[]>();
  for (const [resource, methods] of Object.entries(client)) {
    if (typeof methods !== 'object') continue;
    for (const [name, method] of Object.entries(methods as Record<string, (...args: unknown[]) => Promise<unknown> | AsyncGenerator>)) {
      for (const words of CHOICES[`${resource}.${name}`] ?? [['id', 'id']]) {
        const answer = method(...words);
        await (Symbol.asyncIterator in answer ? answer.next() : answer);
      }
      called.set(
        `${resource}.${name}`,
        asked.splice(0).map((line) => operationOf(paths, line)),
      );
    }
  }
  return called;
}

/** `POST /v1/bookings/id/cancel` is `POST /v1/bookings/{id}/cancel`; a path without a parameter goes before one with. */
function operationOf(paths: ApiDocument['paths'], line: string): string {
  const [method = '', path = ''] = line.split(' ');
  const fitting = Object.keys(paths).filter(
    (known) =>
      paths[known]?.[method.toLowerCase()] !== undefined &&
      new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path),
  );
  const [best] = fitting.toSorted((a, b) => a.split('{').length - b.split('{').length);
  return best === undefined ? `${line} (unknown)` : `${method} ${best}`;
}

/**
 * A program that compiles only when every method takes and answers what the document says: bodies and answers have the very same types, field
 * by field, and queries the same names.
 */
export function typeProgram(document: ApiDocument, called: ReadonlyMap<string, readonly string[]>): string {
  const write = (schema: Schema) => typeOfSchema(schema, () => undefined);
  const lines = [
    `import type { Client, Result } from '@parley/client';`,
    `type Plain<T> = T extends readonly (infer One)[] ? Plain<One>[] : T extends object ? { -readonly [Field in keyof T]: Plain<T[Field]> } : T;`,
    `type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;`,
    `type Taken<F, At extends number> = F extends (...args: infer Args) => unknown ? Exclude<Args[At], undefined> : never;`,
    `type Answered<F> = F extends (...args: never[]) => Promise<Result<infer Value>> ? (Value extends string ? never : Value) : never;`,
    ...Object.entries(document.components.schemas).map(([name, schema]) => `type ${name} = ${write(schema)};`),
  ];
  const claim = (about: string, ours: string, theirs: string) => lines.push(`true satisfies Same<${ours}, ${theirs}>; // ${about}`);
  for (const operation of new Set([...called.values()].flat())) {
    const [method = '', path = ''] = operation.split(' ');
    const described = document.paths[path]?.[method.toLowerCase()];
    if (described === undefined) continue;
    const methods = [...called].filter(([name, operations]) => operations.includes(operation) && !/\.all(?=[A-Z]|$)/.test(name));
    const types = methods.map(([name]) => `Client['${name.split('.').join("']['")}']`);
    const ids = path.split('{').length - 1 + (path.endsWith('/authorize') ? 1 : 0);
    const taken = types.map((type) => `Taken<${type}, ${ids}>`).join(' | ');
    const body = described.requestBody?.content['application/json']?.schema;
    if (body !== undefined) claim(`${operation} takes`, taken, write(body));
    const queried = (described.parameters ?? [])
      .filter(({ in: where, name }) => where === 'query' && name !== 'key')
      .map(({ name }) => name);
    // The export has a method for each format instead.
    if (queried.length > 0 && !queried.includes('format'))
      claim(`${operation} asks`, `keyof (${taken})`, queried.map((name) => `'${name}'`).join(' | '));
    const answer = (described.responses['200'] ?? described.responses['201'])?.content?.['application/json']?.schema;
    const answered = types.map((type) => `Answered<${type}>`).join(' | ');
    if (answer !== undefined) claim(`${operation} answers`, answered, write(answer));
    if (described.responses['204'] !== undefined) claim(`${operation} answers`, answered, 'null');
  }
  return `${lines.join('\n')}\n`;
}
