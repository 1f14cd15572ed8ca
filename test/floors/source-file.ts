/** A source file as the floor rules see it. `path` is relative to the project, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** A path relative to the project for our own files, else the package's name as written. */
  readonly target: string;
  readonly isOwn: boolean;
  /** `import type`: gone at run time. `import { type A }` is not, since `verbatimModuleSyntax` keeps the import itself. */
  readonly isTypeOnly: boolean;
}

const IMPORT = /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const DYNAMIC_IMPORT = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;

/** Every module a file names: static, re-exported, and dynamic where the name stands in the call. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text);
  const found = [
    ...[...code.matchAll(IMPORT)].map(([, type, name]) => ({ name: name ?? '', isTypeOnly: type !== undefined })),
    ...[...code.matchAll(DYNAMIC_IMPORT)].map(([, name]) => ({ name: name ?? '', isTypeOnly: false })),
  ];
  return found.map(({ name, isTypeOnly }) => {
    const isOwn = name.startsWith('.');
    return { target: isOwn ? resolvePath(path, name) : name, isOwn, isTypeOnly };
  });
}

/** The code alone: no comments, and quoted strings emptied, so that a word in a sentence is not taken for a call. */
export function codeOf({ text }: SourceFile): string {
  return withoutComments(text).replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, "''");
}

/** Strings and templates are matched first, so that `//` in an address is no comment. */
function withoutComments(text: string): string {
  return text.replace(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_all, kept?: string) => kept ?? '',
  );
}

function resolvePath(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
