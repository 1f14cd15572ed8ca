/** English texts of a meeting on both sides' clocks. */
export const enClocks = {
  yourTime: 'Your time',
  theirTime: '{name}’s time',
  otherDate: 'For {name} this is {date}.',
  clocksChange: 'Clocks change before this day. {name} will then be {difference}.',
  ahead: '{time} ahead of you',
  behind: '{time} behind you',
  sameTime: 'at the same time as you',
} as const;
