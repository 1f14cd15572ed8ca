import { instantIn } from '../../time/instants.ts';

/** What a change would do, as `POST .../simulate` answers. */
export interface Change {
  readonly gained: readonly { readonly start: string }[];
  readonly lost: readonly { readonly start: string }[];
  readonly outside: readonly { readonly start: string }[];
}

/** One start in the viewer's zone: as it is, new with the change, or gone with it. */
export interface PreviewTime {
  readonly start: string;
  readonly kind: 'same' | 'gained' | 'lost';
}

/** The starts of each of the viewer's dates, in order: those offered now, with those a change adds and takes away. */
export function previewDays(starts: readonly string[], change: Change | null, zone: string): ReadonlyMap<string, readonly PreviewTime[]> {
  const lost = new Set(change?.lost.map(({ start }) => Date.parse(start)));
  const times = new Map<number, PreviewTime['kind']>();
  for (const start of starts) times.set(Date.parse(start), lost.has(Date.parse(start)) ? 'lost' : 'same');
  for (const { start } of change?.gained ?? []) times.set(Date.parse(start), 'gained');
  const days = new Map<string, PreviewTime[]>();
  for (const [ms, kind] of [...times].toSorted(([one], [other]) => one - other)) {
    const start = instantIn(zone, ms);
    const date = start.slice(0, 10);
    days.set(date, [...(days.get(date) ?? []), { start, kind }]);
  }
  return days;
}
