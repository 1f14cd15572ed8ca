import { describe, expect, it } from 'vitest';
import { canonicaliseTimeZone } from '../../../shared/time/time-zone.ts';
import { ZONE_ALIASES } from '../../../shared/time/zone-aliases.ts';

describe('canonicaliseTimeZone', () => {
  it.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Pacific/Enderbury', 'Pacific/Kanton'],
    ['US/Eastern', 'America/New_York'],
    ['EST', 'America/Panama'],
    ['Europe/Oslo', 'Europe/Oslo'],
    ['UTC', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['Zulu', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['Etc/GMT-14', 'Etc/GMT-14'],
  ])('%s is %s', (name, expected) => {
    expect(canonicaliseTimeZone(name)).toBe(expected);
  });

  it.each([
    'Mars/Base',
    '',
    'utc',
    'asia/kolkata',
    'PST',
    'IST',
    '+05:30',
    '-04:00',
    'Etc/GMT+13',
    'Etc/GMT-15',
    'Factory',
    'localtime',
    'toString',
    'America/New_York ',
  ])('%j is no IANA name', (name) => {
    expect(canonicaliseTimeZone(name)).toBeNull();
  });

  it('answers with names that are their own canonical form', () => {
    for (const preferred of ZONE_ALIASES.values()) expect(canonicaliseTimeZone(preferred)).toBe(preferred);
  });

  it('knows every zone of the runtime, whatever spelling the runtime prefers', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) expect(canonicaliseTimeZone(name)).not.toBeNull();
  });
});
