import type { ErrorObject } from 'ajv';

export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** One body may hold a hundred thousand wrong entries; so many are looked at, and so many are told. */
const MOST_ERRORS = 2000;
const MOST_ISSUES = 100;

/**
 * What Ajv found, one issue per field, the most telling one. Of a union only the branch is spoken of that the sender meant: the one its tag
 * names, or the only one of its type. Needs Ajv's `verbose`. Never more than 100.
 */
export function issuesOfErrors(all: readonly ErrorObject[]): Issue[] {
  const errors = all.slice(0, MOST_ERRORS);
  const silent = new Set<ErrorObject>();
  const unions = new Map<ErrorObject, Issue>();
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const meant = readUnion(union);
    if (typeof meant === 'number') silent.add(union);
    else unions.set(union, meant);
    for (const error of errors) {
      if (isWithin(union, error) && branchOf(union, error) !== meant) silent.add(error);
    }
  }
  const byPath = new Map<string, Issue>();
  for (const error of errors) {
    if (silent.has(error) || byPath.size === MOST_ISSUES) continue;
    const issue = unions.get(error) ?? { path: pathOf(error), message: messageOf(error) };
    byPath.set(issue.path, issue);
  }
  return [...byPath.values()];
}

interface Branch {
  readonly type?: string;
  readonly anyOf?: readonly Branch[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly const?: unknown }>>;
}

/** The number of the branch that was meant, or what to say instead of any branch's complaints. */
function readUnion(error: ErrorObject): number | Issue {
  const branches = error.schema as readonly Branch[];
  const { data } = error;
  const path = pathOf(error);
  const fitting = branches.flatMap((branch, i) => (fitsType(branch, data) ? [i] : []));
  const [only] = fitting;
  if (only === undefined) return { path, message: `must be ${[...new Set(branches.flatMap(typesOf))].join(' or ')}` };
  if (fitting.length === 1) return only;
  const tag = tagOf(fitting.map((i) => branches[i] as Branch));
  const given = data as Record<string, unknown>;
  if (tag !== null && given[tag] !== undefined) {
    const named = fitting.find((i) => branches[i]?.properties?.[tag]?.const === given[tag]);
    const names = fitting.map((i) => branches[i]?.properties?.[tag]?.const);
    return named ?? { path: join(path, tag), message: `must be one of ${names.join(', ')}` };
  }
  if (tag !== null && fitting.every((i) => branches[i]?.required?.includes(tag))) return { path: join(path, tag), message: 'is required' };
  const knowing = fitting.filter((i) => Object.keys(given).every((name) => branches[i]?.properties?.[name] !== undefined));
  return knowing.length === 1 && knowing[0] !== undefined ? knowing[0] : { path, message: 'has none of the forms it may have' };
}

/** The property by which every branch tells itself apart. */
function tagOf(branches: readonly Branch[]): string | null {
  const [first] = branches;
  const names = Object.keys(first?.properties ?? {});
  return names.find((name) => branches.every((branch) => branch.properties?.[name]?.const !== undefined)) ?? null;
}

function fitsType(branch: Branch, data: unknown): boolean {
  if (branch.anyOf !== undefined) return branch.anyOf.some((inner) => fitsType(inner, data));
  switch (branch.type) {
    case 'null':
      return data === null;
    case 'array':
      return Array.isArray(data);
    case 'object':
      return typeof data === 'object' && data !== null && !Array.isArray(data);
    case 'integer':
      return typeof data === 'number';
    case undefined:
      return true;
    default:
      return typeof data === branch.type;
  }
}

function typesOf(branch: Branch): string[] {
  return branch.anyOf === undefined ? [branch.type ?? 'any value'] : branch.anyOf.flatMap(typesOf);
}

function isWithin(union: ErrorObject, error: ErrorObject): boolean {
  return (
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`))
  );
}

function branchOf(union: ErrorObject, error: ErrorObject): number {
  return Number.parseInt(error.schemaPath.slice(union.schemaPath.length + 1), 10);
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

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function messageOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not a known field';
    case 'enum':
      return `must be one of ${(error.params as { allowedValues: unknown[] }).allowedValues.join(', ')}`;
    case 'const':
      return `must be ${String((error.params as { allowedValue: unknown }).allowedValue)}`;
    case 'format':
      return formatMessage((error.params as { format: string }).format, error.data);
    default:
      return error.message ?? 'is not valid';
  }
}

function formatMessage(format: string, data: unknown): string {
  const message = FORMAT_MESSAGES[format] ?? `must be a valid ${format}`;
  return format === 'time-zone' ? `${message}; "${String(data).slice(0, 64)}" is not known` : message;
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
