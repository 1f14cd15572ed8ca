import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import { parseInstant } from '../../shared/time/instant.ts';
import { parseLocalDate } from '../../shared/time/local-date.ts';
import { canonicaliseTimeZone } from '../../shared/time/time-zone.ts';

export interface Issue {
  readonly path: string;
  readonly message: string;
}

const addFormats = addFormatsModule as unknown as (ajv: Ajv, formats: string[]) => void;

/** Bodies are taken as they are: no coercion, no silent dropping. */
const strict = withFormats(
  new Ajv({ allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false, allowUnionTypes: true }),
);
/** Query and path are text by nature, so numbers and booleans are read from it. */
const lenient = withFormats(new Ajv({ allErrors: true, coerceTypes: true, removeAdditional: false, useDefaults: true, strict: false }));

/** Compiles route schemas: strict for bodies, coercing for query, path and headers. */
export const compileValidator: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  const validate = (httpPart === 'body' ? strict : lenient).compile(schema);
  return (data: unknown) => {
    const unreadable = findUnreadable(data, '');
    if (unreadable !== null) return { error: new InvalidRequest([unreadable]) };
    return validate(data) ? { value: data } : { error: new InvalidRequest(issuesOf(validate.errors ?? [])) };
  };
};

/** Checks a document against a schema outside a route (the result of a merge patch); null when it fits. */
export function findIssues(schema: object, data: unknown): Issue[] | null {
  const cached: ValidateFunction = compiled.get(schema) ?? strict.compile(schema);
  compiled.set(schema, cached);
  return cached(data) ? null : issuesOf(cached.errors ?? []);
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

/** One issue per field: the most telling of what Ajv says about it. A union says one thing per branch; only the last is kept. */
function issuesOf(errors: readonly ErrorObject[]): Issue[] {
  const byPath = new Map<string, Issue>();
  for (const error of errors) {
    if (error.keyword === 'anyOf' && byPath.size > 0 && [...byPath.keys()].some((path) => path.startsWith(pathOf(error)))) continue;
    const issue = { path: pathOf(error), message: messageOf(error) };
    byPath.set(issue.path, issue);
  }
  return [...byPath.values()];
}

/** `/weeklyHours/0/end` -> `weeklyHours.0.end`; a missing or unknown field is named itself. */
function pathOf(error: ErrorObject): string {
  const parts = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { missingProperty, additionalProperty } = error.params as { missingProperty?: string; additionalProperty?: string };
  if (missingProperty !== undefined) parts.push(missingProperty);
  if (additionalProperty !== undefined) parts.push(additionalProperty);
  return parts.join('.');
}

function messageOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not a known field';
    case 'enum':
      return `must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
    case 'format':
      return (
        FORMAT_MESSAGES[(error.params as { format: string }).format] ?? `must be a valid ${(error.params as { format: string }).format}`
      );
    default:
      return error.message ?? 'is not valid';
  }
}

const FORMAT_MESSAGES: Record<string, string> = {
  instant: 'must be an RFC 3339 instant with an offset, such as 2026-08-03T14:00:00Z',
  'local-date': 'must be an existing date, YYYY-MM-DD',
  'instant-or-date': 'must be an RFC 3339 instant or a date, YYYY-MM-DD',
  'time-zone': 'must be an IANA time zone, such as Asia/Kolkata',
  'http-url': 'must be an http or https address without credentials',
  'room-url': 'must be an http or https address; {roomId} stands for the room',
  email: 'must be one mail address',
};

/** NUL, or half of a surrogate pair. */
const UNREADABLE = /\0|\p{Surrogate}/u;

/** PostgreSQL stores neither NUL nor lone surrogates; said here, by field, rather than failing later. */
function findUnreadable(value: unknown, path: string): Issue | null {
  if (typeof value === 'string') {
    return UNREADABLE.test(value) ? { path, message: 'must not contain NUL or broken Unicode' } : null;
  }
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = findUnreadable(key, at) ?? findUnreadable(inner, at);
    if (found !== null) return found;
  }
  return null;
}
