import { findIana } from 'windows-iana';
import { canonicaliseTimeZone } from '../../../../shared/time/time-zone.ts';
import type { EventZone, Observance } from '../../../domain/calendars/calendar-event.ts';
import type { IcsComponent } from './content-lines.ts';
import { type IcsProperty, readOffset, readProperty, readTime } from './ics-property.ts';
import { readRule } from './read-rule.ts';

const HOST: EventZone = { kind: 'host' };

/**
 * Finds the zone a TZID means: an IANA name (also behind a path, as Mozilla and Evolution write it), a Windows name, else what the file's own
 * VTIMEZONE says. The name goes first because files carry outdated rules. A TZID nobody explains is read in the host's zone and counted by `unknown`.
 */
export function createZoneFinder(zones: readonly IcsComponent[], unknown: () => void): (tzid: string) => EventZone {
  const found = new Map<string, EventZone>();
  const declared = new Map(zones.map((zone) => [textOf(propertiesOf(zone), 'tzid'), zone]));
  return (tzid) => {
    const known = found.get(tzid);
    if (known !== undefined) return known;
    const zone = namedZone(tzid) ?? declaredZone(declared.get(tzid));
    if (zone === null) unknown();
    found.set(tzid, zone ?? HOST);
    return zone ?? HOST;
  };
}

/** The zone an IANA or Windows name stands for; null for any other name. */
export function namedZone(tzid: string): EventZone | null {
  const name = tzid.trim().replace(/^"|"$/g, '');
  const segments = name.split('/').filter((segment) => segment !== '');
  const candidates = [name, segments.slice(-3).join('/'), segments.slice(-2).join('/'), findIana(name)[0] ?? ''];
  for (const candidate of candidates) {
    const known = canonicaliseTimeZone(candidate);
    if (known !== null) return { kind: 'iana', name: known };
  }
  return null;
}

function declaredZone(component: IcsComponent | undefined): EventZone | null {
  if (component === undefined) return null;
  const place = namedZone(textOf(propertiesOf(component), 'x-lic-location'));
  if (place !== null) return place;
  const observances = component.children.map(observanceOf).filter((observance) => observance !== null);
  return observances.length === 0 ? null : { kind: 'custom', observances };
}

function observanceOf(component: IcsComponent): Observance | null {
  const properties = propertiesOf(component);
  const start = readTime(valueOf(properties, 'dtstart'), HOST);
  const offsetFromMs = readOffset(valueOf(properties, 'tzoffsetfrom'));
  const offsetToMs = readOffset(valueOf(properties, 'tzoffsetto'));
  if (start?.kind !== 'wall' || offsetFromMs === null || offsetToMs === null) return null;
  const rules = properties.filter(({ name }) => name === 'rrule').map(({ values }) => readRule(values[0], HOST));
  const extras = properties.filter(({ name }) => name === 'rdate').flatMap(({ values }) => values.map((value) => readTime(value, HOST)));
  return {
    startWallMs: start.wallMs,
    offsetFromMs,
    offsetToMs,
    rules: rules.filter((rule) => rule !== null),
    extraStartsWallMs: extras.flatMap((extra) => (extra?.kind === 'wall' ? [extra.wallMs] : [])),
  };
}

function propertiesOf(component: IcsComponent): IcsProperty[] {
  return component.lines.map(readProperty).filter((property) => property !== null);
}

function valueOf(properties: readonly IcsProperty[], name: string): unknown {
  return properties.find((property) => property.name === name)?.values[0];
}

function textOf(properties: readonly IcsProperty[], name: string): string {
  const value = valueOf(properties, name);
  return typeof value === 'string' ? value : '';
}
