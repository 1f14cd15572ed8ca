import { formatInstant } from '../../shared/time/instant.ts';

/** Facts of the slot rules as callers read them: `startMs: 1785...` becomes `start: "2026-08-03T10:00:00-04:00"`, everything else stays. */
export function showFacts(value: unknown, timeZone: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => showFacts(inner, timeZone));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      name.endsWith('Ms') && typeof inner === 'number'
        ? [name.slice(0, -'Ms'.length), formatInstant(inner, timeZone)]
        : [name.endsWith('Ms') ? name.slice(0, -'Ms'.length) : name, showFacts(inner, timeZone)],
    ),
  );
}
