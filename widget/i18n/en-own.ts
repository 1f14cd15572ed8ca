/** English texts of the visitor's own calendar beside the times. */
export const enOwn = {
  ownPick: 'Mark my busy times',
  ownForget: 'Remove my busy times',
  ownHelp: 'From a calendar file (.ics). It stays in your browser.',
  ownReading: 'Reading the file',
  ownMarked: 'Times at which you are busy are marked.',
  ownBusy: 'you are busy',
  ownUnreadable: 'This file cannot be read as a calendar. Choose an .ics file.',
  ownTooBig: 'This file is larger than 1 MB and was not read.',
  ownNone: 'There are no busy times in this file.',
  ownUnready: 'The file could not be read just now. Please try again.',
} as const;
