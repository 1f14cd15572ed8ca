/** English texts of the search for a time zone. */
export const enZones = {
  search: 'Search city or time zone',
  found: { one: '{count} time zone', other: '{count} time zones' },
  none: 'No time zone has that name.',
} as const;
