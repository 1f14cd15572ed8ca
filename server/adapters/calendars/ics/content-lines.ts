/** A component of a calendar file: the lines of its own that were asked for, unfolded, and the components inside it. */
export interface IcsComponent {
  readonly name: string;
  readonly lines: readonly string[];
  readonly children: readonly IcsComponent[];
}

interface OpenComponent extends IcsComponent {
  readonly lines: string[];
  readonly children: IcsComponent[];
}

/**
 * Cuts a calendar file into its components and keeps only lines whose property is in `wanted` (upper case). What is not kept (titles,
 * descriptions, places, people) is never looked at, so neither can it leak nor can a broken line of it spoil anything. Null when the text is no
 * calendar file, or breaks off before its end. Source: RFC 5545, 3.1 and 3.4.
 */
export function readComponents(text: string, wanted: ReadonlySet<string>): IcsComponent[] | null {
  const calendars: IcsComponent[] = [];
  const open: OpenComponent[] = [];
  for (const line of unfold(text, wanted)) {
    const name = propertyName(line);
    if (name === 'BEGIN') open.push({ name: componentName(line), lines: [], children: [] });
    else if (name === 'END') closeComponent(open, calendars, componentName(line));
    else open.at(-1)?.lines.push(line);
    // A component nobody closed must not let the file nest without end.
    if (open.length > MAX_DEPTH) return null;
  }
  return open.length === 0 && calendars.length > 0 ? calendars : null;
}
const MAX_DEPTH = 8;

/** A missing END is closed with its parent; an END of something never opened is passed over. */
function closeComponent(open: OpenComponent[], calendars: IcsComponent[], name: string): void {
  const index = open.findLastIndex((component) => component.name === name);
  if (index === -1) return;
  while (open.length > index) {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(closed);
    else if (closed.name === 'VCALENDAR') calendars.push(closed);
  }
}

function* unfold(text: string, wanted: ReadonlySet<string>): Generator<string> {
  let kept: string | null = null;
  for (const raw of physicalLines(text)) {
    if (raw.startsWith(' ') || raw.startsWith('\t')) {
      if (kept !== null && kept.length < MAX_LINE) kept += raw.slice(1);
      continue;
    }
    if (kept !== null) yield kept;
    const name = propertyName(raw);
    kept = name === 'BEGIN' || name === 'END' || wanted.has(name) ? raw : null;
  }
  if (kept !== null) yield kept;
}
/** Of one unfolded line: enough for thousands of excluded dates. */
const MAX_LINE = 1_000_000;

function* physicalLines(text: string): Generator<string> {
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const until = end === -1 ? text.length : end;
    yield text.slice(from, text[until - 1] === '\r' ? until - 1 : until);
    from = until + 1;
  }
}

function propertyName(line: string): string {
  const end = line.search(/[;:]/);
  return end === -1 ? '' : line.slice(0, end).toUpperCase();
}

function componentName(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .trim()
    .toUpperCase();
}
