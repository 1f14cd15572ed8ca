const known = new Map<string, unknown>();
/** A few kilobytes each. */
const MOST_KEPT = 500;

/**
 * Reads JSON that is nearly always what it was before: settings and rules come with every question and change once a month. The same text gives the
 * same value, frozen all through.
 */
export function parseOnce(text: string): unknown {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  if (known.size >= MOST_KEPT) known.clear();
  const value = freeze(JSON.parse(text));
  known.set(text, value);
  return value;
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}
