/** English texts of the terms, in the room and in forms. */
export const enTerms = {
  termsLoading: 'Loading the terms',
  termsFallback: 'If the call does not work',
  needTick: 'Tick the box to go on.',
  acknowledged: 'Noted',
  notRecorded: 'Your confirmation could not be recorded. Please try again.',
} as const;
