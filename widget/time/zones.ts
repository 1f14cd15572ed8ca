/** City names that browsers still report in their old spelling; searching finds both. */
const RENAMED: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Katmandu: 'Kathmandu',
  Rangoon: 'Yangon',
  Saigon: 'Ho Chi Minh City',
  Kiev: 'Kyiv',
};

/** The visitor's own zone as the browser names it; `UTC` where it does not say. */
export function detectZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** `America/Argentina/Buenos_Aires` as a person says it: `Buenos Aires`. */
export function cityOf(zone: string): string {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return RENAMED[city] ?? city;
}

/** Whether this browser can compute with the zone at all. */
export function isKnownZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

/** The date in a zone, `2026-08-03`: Swedish dates are written so. */
export function dateIn(zone: string, ms: number): string {
  return new Date(ms).toLocaleDateString('sv', { timeZone: zone });
}

/** The offset an instant text carries, as people write it: `GMT+5:45`, `GMT` at zero. */
export function offsetLabel(instant: string): string {
  return `GMT${instant
    .slice(19)
    .replace(/Z|.00:00/, '')
    .replace(/(.)0?(\d+)(:00)?/, '$1$2')
    .replace('-', '−')}`;
}

/** The offset of a zone at an instant, written the same way. */
export function offsetIn(zone: string, ms: number): string {
  return (/GMT\S*/.exec(new Date(ms).toLocaleString('en', { timeZone: zone, timeZoneName: 'shortOffset' }))?.[0] ?? '')
    .replace('+0', '')
    .replace('-', '−');
}
