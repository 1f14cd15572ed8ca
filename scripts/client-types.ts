import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './build-widget.ts';
import { type Schema, typeOfSchema } from './type-of-schema.ts';

const CONTRACT = join(ROOT, 'shared', 'contract');
/** Where the compiler writes the declarations of the client's sources. */
const DECLARED = join(ROOT, '.tsbuild', 'widget', 'api', 'package');

/**
 * The types of the client as one file that needs no other: the declarations of its sources, and the resources of the contract written out,
 * because their own declarations would ask everybody for TypeBox. Only what the exports lead to is in it.
 */
export async function clientTypes(): Promise<string> {
  const index = readFileSync(join(DECLARED, 'index.d.ts'), 'utf8');
  const values = namesOf(index, /^export \{([^}]+)\}/gm);
  const types = namesOf(index, /^export type \{([^}]+)\}/gm);
  const declared = readDeclarations(join(DECLARED, 'index.d.ts'), new Map());
  const contract = await contractTypes();
  const needed = reachable([...values, ...types], new Map([...contract, ...declared]));
  for (const name of contract.keys()) if (declared.has(name)) throw new Error(`clientTypes: ${name} means two things`);
  const written = [...contract, ...declared].filter(([name]) => needed.has(name)).map(([, text]) => text);
  return `${written.join('\n\n')}\n`;
}

function namesOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, list = '']) => list.split(',').map((name) => name.trim())).filter(Boolean);
}

/** Every declaration of a file and of those it refers to, by name, each with its comment. */
function readDeclarations(file: string, known: Map<string, string>, seen = new Set<string>()): Map<string, string> {
  if (seen.has(file)) return known;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, from = ''] of text.matchAll(/ from '(\.[^']+)\.ts'/g)) {
    const other = join(dirname(file), `${from}.d.ts`);
    if (other.startsWith(DECLARED)) readDeclarations(other, known, seen);
  }
  for (const statement of statementsOf(text)) {
    const name = /^(?:export )?(?:declare )?(?:interface|type|class|function|const) (\w+)/m.exec(statement)?.[1];
    if (name === undefined) continue;
    if (known.has(name) && known.get(name) !== statement) throw new Error(`clientTypes: ${name} means two things`);
    known.set(name, statement);
  }
  return known;
}

/** The compiler begins every declaration at the left edge, and ends it there or on the same line. */
function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let current: string[] = [];
  for (const line of text.split('\n')) {
    current.push(line);
    if (!/^[^\s/*].*[;}]$|^\};?$/.test(line)) continue;
    statements.push(current.join('\n').trim());
    current = [];
  }
  return statements;
}

/** Every type of the contract, written out; where one is made of others they are called by their names. */
async function contractTypes(): Promise<Map<string, string>> {
  const found: { name: string; comment: string; schema: Schema }[] = [];
  for (const file of readdirSync(CONTRACT)
    .filter((name) => name.endsWith('.ts'))
    .toSorted()) {
    const source = readFileSync(join(CONTRACT, file), 'utf8');
    const exports = (await import(join(CONTRACT, file))) as Record<string, Schema>;
    for (const [, comment = '', name = ''] of source.matchAll(/^(\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export const (\w+) = /gm)) {
      const schema = exports[name];
      if (schema !== undefined && source.includes(`export type ${name} =`)) found.push({ name, comment, schema });
    }
  }
  const names = new Map(found.map(({ name, schema }) => [JSON.stringify(schema), name]));
  const nameOf = (schema: Schema) => names.get(JSON.stringify(schema));
  return new Map(found.map(({ name, comment, schema }) => [name, `${comment}export type ${name} = ${typeOfSchema(schema, nameOf)};`]));
}

/** The names, and whatever their declarations speak of. */
function reachable(names: readonly string[], known: ReadonlyMap<string, string>): Set<string> {
  const needed = new Set<string>();
  const visit = (name: string) => {
    const text = known.get(name);
    if (text === undefined || needed.has(name)) return;
    needed.add(name);
    const code = text.replaceAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g, '').replaceAll(/"[^"]*"|'[^']*'/g, '');
    for (const [word] of code.matchAll(/\b[A-Z]\w*\b/g)) visit(word);
  };
  names.forEach(visit);
  return needed;
}
