/**
 * Whether an endpoint's list of events covers this type: by its name, by `*`, or by `booking.*` for every `booking.` event (of any
 * depth). An empty list covers nothing.
 */
export function wantsEvent(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) => pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}
