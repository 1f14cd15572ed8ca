import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import { parseInstant } from '../../shared/time/instant.ts';
import { parseLocalDate } from '../../shared/time/local-date.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';
import { type Issue, issuesOfErrors } from './issues-of-errors.ts';

const addFormats = addFormatsModule as unknown as (ajv: Ajv, formats: string[]) => void;

/** Bodies are taken as they are: no coercion, no silent dropping. */
const strict = withFormats(
  new Ajv({
    allErrors: true,
    verbose: true,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
    strict: false,
    allowUnionTypes: true,
  }),
);
/** Query and path are text by nature, so numbers and booleans are read from it. */
const lenient = withFormats(
  new Ajv({ allErrors: true, verbose: true, coerceTypes: true, removeAdditional: false, useDefaults: true, strict: false }),
);

/** Compiles route schemas: strict for bodies, coercing for query, path and headers. */
export const compileValidator: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  const validate = (httpPart === 'body' ? strict : lenient).compile(schema);
  return (data: unknown) => {
    const unreadable = findUnreadable(data, '');
    if (unreadable !== null) return { error: new InvalidRequest([unreadable]) };
    return validate(data) ? { value: data } : { error: new InvalidRequest(issuesOfErrors(validate.errors ?? [])) };
  };
};

/** Checks a document against a schema outside a route (the result of a merge patch); null when it fits. */
export function findIssues(schema: object, data: unknown): Issue[] | null {
  const unreadable = findUnreadable(data, '');
  if (unreadable !== null) return [unreadable];
  const cached: ValidateFunction = compiled.get(schema) ?? strict.compile(schema);
  compiled.set(schema, cached);
  return cached(data) ? null : issuesOfErrors(cached.errors ?? []);
}
const compiled = new WeakMap<object, ValidateFunction>();

/** Thrown by fastify for a request that does not fit its schema; the error handler turns it into `validation_failed`. */
export class InvalidRequest extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super('request does not fit its schema');
    this.issues = issues;
  }
}

function withFormats(ajv: Ajv): Ajv {
  addFormats(ajv, ['email']);
  ajv.addFormat('instant', (text: string) => parseInstant(text) !== null);
  ajv.addFormat('local-date', (text: string) => parseLocalDate(text) !== null);
  ajv.addFormat('instant-or-date', (text: string) => parseLocalDate(text) !== null || parseInstant(text) !== null);
  ajv.addFormat('time-zone', (text: string) => canonicaliseTimeZone(text) !== null);
  ajv.addFormat('http-url', isHttpUrl);
  ajv.addFormat('room-url', (text: string) => isHttpUrl(text.replaceAll('{roomId}', 'room')));
  return ajv;
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** NUL, or half of a surrogate pair. */
const UNREADABLE = /\0|\p{Surrogate}/u;

/** Nothing of ours is as deep, and whoever walks through a document does so by recursion. */
const DEEPEST = 64;

/** PostgreSQL stores neither NUL nor lone surrogates; said here, by field, rather than failing later. */
function findUnreadable(value: unknown, path: string, depth = 0): Issue | null {
  if (typeof value === 'string') {
    return UNREADABLE.test(value) ? { path, message: 'must not contain NUL or broken Unicode' } : null;
  }
  if (value === null || typeof value !== 'object') return null;
  if (depth === DEEPEST) return { path: path.split('.')[0] ?? '', message: `must not be nested more than ${DEEPEST} levels deep` };
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = findUnreadable(key, at) ?? findUnreadable(inner, at, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
