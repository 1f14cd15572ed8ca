/** English: the complete table every other language is measured against. Plural forms are keyed by `Intl.PluralRules`. */
export const en = {
  minutes: '{count} min',
  duration: 'Duration',
  locationRoom: 'Call in this room',
  locationLink: 'Video call',
  locationPhone: 'Phone call',
  locationInPerson: 'In person',
  needsApproval: '{name} confirms each request',

  timesShownIn: 'Times are shown in',
  changeZone: 'Change time zone:',

  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  dayFree: { one: '{date}, {count} time free', other: '{date}, {count} times free' },
  dayClosed: '{date}, no times',
  loading: 'Loading times',

  unreachable: 'The calendar cannot be reached right now.',
  setUp: 'A publishable key and an event type are missing.',
  tryAgain: 'Try again',
} as const;
