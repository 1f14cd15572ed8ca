import { codeOf, importsOf, type Import, type SourceFile } from './source-file.ts';

/** What each floor may import of ours, and from outside. The longest matching folder speaks. */
const FLOORS: readonly Floor[] = [
  { folder: 'shared/', own: ['shared/'], packages: [] },
  { folder: 'shared/contract/', own: ['shared/'], packages: ['typebox'] },
  { folder: 'server/domain/', own: ['server/domain/', 'shared/'], packages: [] },
  { folder: 'server/adapters/', own: ['server/adapters/', 'server/domain/', 'shared/'], packages: 'any' },
  { folder: 'server/flows/', own: ['server/flows/', 'server/adapters/', 'server/domain/', 'shared/'], packages: 'any' },
  { folder: 'server/http/', own: ['server/http/', 'server/flows/', 'server/domain/', 'server/adapters/', 'shared/'], packages: 'any' },
  { folder: 'server/jobs/', own: ['server/jobs/', 'server/flows/', 'server/domain/', 'server/adapters/', 'shared/'], packages: 'any' },
  { folder: 'server/', own: ['server/', 'shared/'], packages: 'any' },
  { folder: 'widget/', own: ['widget/', 'shared/'], packages: ['preact'] },
];

interface Floor {
  readonly folder: string;
  readonly own: readonly string[];
  readonly packages: readonly string[] | 'any';
}

/** The only adapters the front door knows: what checks a request, and what keeps its answer. */
const HTTP_ADAPTERS = [
  'server/adapters/crypto.ts',
  'server/adapters/schema-check.ts',
  'server/adapters/db/idempotency-keys.ts',
  'server/adapters/db/is-database-away.ts',
];
/** What reaches out of the process, or stands for time and luck: a flow gets it in `deps`. */
const PASSED_IN = /^server\/adapters\/(clock|ids|answer-cache|mail|sms|outbound|webhooks|queue|calendars)\b/;
/** Starting, connecting and migrating is the business of the house. */
const DATABASE_SERVER = /^server\/adapters\/db\/(embedded\/|connect\.|migrate|listen-)/;
/** Whoever reads the environment of the process. */
const ENV_READERS = ['server/main.ts', 'server/cli.ts'];
/** The launcher hands PATH on to the server it starts; that is no setting of ours. */
const PATH_READER = 'server/adapters/db/embedded/server-place.ts';

/** Every sentence of `docs` on who may import whom that a file breaks; empty when it keeps them all. */
export function brokenRules(file: SourceFile): string[] {
  const imports = importsOf(file);
  return [...brokenFloors(file, imports), ...brokenPassing(file, imports), ...brokenPurity(file), ...brokenEnvironment(file)].map(
    (sentence) => `${file.path}: ${sentence}`,
  );
}

function brokenFloors({ path }: SourceFile, imports: readonly Import[]): string[] {
  const floor = FLOORS.filter(({ folder }) => path.startsWith(folder)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
  if (floor === undefined) return ['lies on no floor'];
  return imports.flatMap(({ target, isOwn, isTypeOnly }) => {
    if (isOwn && !floor.own.some((folder) => target.startsWith(folder))) return [`may not import ${target}`];
    if (isOwn && path.startsWith('widget/') && target.startsWith('shared/contract/') && !isTypeOnly)
      return [`takes more than types from ${target}`];
    const { packages } = floor;
    if (!isOwn && packages !== 'any' && !packages.some((name) => target === name || target.startsWith(`${name}/`)))
      return [`may not import the package ${target}`];
    return [];
  });
}

/** "The database is imported, the outside world is passed"; a route calls a flow and knows no adapter. */
function brokenPassing({ path }: SourceFile, imports: readonly Import[]): string[] {
  const adapters = imports.filter(({ target }) => target.startsWith('server/adapters/'));
  if (path.startsWith('server/http/routes/')) return adapters.map(({ target }) => `a route calls a flow, not ${target}`);
  if (path.startsWith('server/http/'))
    return adapters.filter(({ target }) => !HTTP_ADAPTERS.includes(target)).map(({ target }) => `http does not know ${target}`);
  if (path.startsWith('server/flows/') || path.startsWith('server/jobs/')) {
    const reached = adapters.filter(({ target, isTypeOnly }) => !isTypeOnly && (PASSED_IN.test(target) || DATABASE_SERVER.test(target)));
    return reached.map(({ target }) => `gets ${target} in deps, it does not import it`);
  }
  return [];
}

const CLOCK_AND_LUCK = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b/;
const OUTSIDE = /\bprocess\.|\bfetch\(|\bconsole\.|\bset(?:Timeout|Interval|Immediate)\(|\brequire\(|\bglobalThis\b/;
const WAITING = /\bawait\b|\basync\b|\bPromise\b/;

/** The domain and `shared/` answer from their arguments alone; flows and routes take the time from `deps.clock`. */
function brokenPurity(file: SourceFile): string[] {
  const { path } = file;
  const isPure = path.startsWith('server/domain/') || path.startsWith('shared/');
  const asksDeps = path.startsWith('server/flows/') || path.startsWith('server/jobs/') || path.startsWith('server/http/routes/');
  const rules: [RegExp, string][] = [
    ...(isPure || asksDeps ? [[CLOCK_AND_LUCK, 'time and luck are arguments'] as [RegExp, string]] : []),
    ...(isPure
      ? ([
          [OUTSIDE, 'touches the outside'],
          [WAITING, 'waits'],
        ] as [RegExp, string][])
      : []),
  ];
  const code = codeOf(file);
  return rules.flatMap(([rule, sentence]) => {
    const found = rule.exec(code);
    return found === null ? [] : [`${sentence}: ${found[0]}`];
  });
}

function brokenEnvironment(file: SourceFile): string[] {
  const reads = [...codeOf(file).matchAll(/\bprocess\.env(\[''\])?/g)];
  if (reads.length === 0 || ENV_READERS.includes(file.path)) return [];
  const isPath = file.path === PATH_READER && reads.length === 1 && /process\.env\['PATH'\]/.test(file.text);
  return isPath ? [] : ['reads process.env; settings come in Config'];
}
