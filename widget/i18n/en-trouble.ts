/** English texts for when the platform's own call fails, or somebody asks to leave the platform. */
export const enTrouble = {
  troubleReport: 'Call trouble?',
  leaveReport: 'I was asked to leave the platform',
  troubleNoted: 'Noted: the call did not work.',
  leaveNoted: 'Noted. Thank you: this helps to keep the room safe.',
  troubleFailed: 'This could not be recorded. Please try again.',
  placesOpen: 'This meeting may now take place elsewhere too:',
  noPlacesOpen: 'The terms open no other place for this meeting.',
  placeKind: 'Where',
  placeLink: 'Link to the call',
  placePhone: 'Phone number',
  placeInPerson: 'Address',
  placeUse: 'Meet there',
  placeDone: 'The meeting has its new place.',
  placeRefused: 'This place was not accepted. Please check it.',
  pickNewTime: 'Pick a new time',
} as const;
