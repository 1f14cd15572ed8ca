import { ZONE_ALIASES } from './zone-aliases.ts';

/**
 * The preferred IANA spelling of a time zone, or null for what is no IANA name. Former spellings are taken (`Asia/Calcutta` ->
 * `Asia/Kolkata`), every name of universal time becomes `UTC`, upper and lower case matter as they do for IANA, and offsets (`+05:30`)
 * are refused because they are not places with rules.
 */
export function canonicaliseTimeZone(name: string): string | null {
  const preferred = ZONE_ALIASES.get(name) ?? name;
  if (preferred === 'UTC') return 'UTC';
  return knownZones().has(preferred) || isFixedZone(preferred) ? preferred : null;
}

/** `Etc/GMT+5` is IANA's name for five hours *behind* UTC; the database goes from `Etc/GMT-14` to `Etc/GMT+12`. */
function isFixedZone(name: string): boolean {
  return /^Etc\/GMT(?:-(?:[1-9]|1[0-4])|\+(?:[1-9]|1[0-2]))$/.test(name);
}

let known: ReadonlySet<string> | undefined;

function knownZones(): ReadonlySet<string> {
  known ??= new Set(Intl.supportedValuesOf('timeZone').map((name) => ZONE_ALIASES.get(name) ?? name));
  return known;
}
