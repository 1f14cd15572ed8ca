import type { en } from './en.ts';
import type { enClocks } from './en-clocks.ts';
import type { enOwn } from './en-own.ts';
import type { enTerms } from './en-terms.ts';

/** English texts of what follows the first picture. */
export const enBook = {
  timesOn: { one: '{count} time on {date}', other: '{count} times on {date}' },
  noTimesInMonth: 'No free times in {month}.',
  noTimesAhead: 'No free times in the coming months.',
  nextFree: 'Next free day: {date}',

  taken: '{time} has just been taken.',
  takenNearest: 'These are the nearest free times:',
  takenPick: 'Please pick another time. What you typed is kept.',

  back: 'Back',
  held: 'Kept for you until {time}.',

  details: 'Your details',
  bookingAs: 'Booking as {name}',
  name: 'Name',
  location: 'Where',
  email: 'Email',
  emailOptional: 'Email for the confirmation',
  phone: 'Phone number',
  addGuests: 'Add guests',
  guests: 'Guests',
  guestsHelp: { one: 'Email address of up to {count} guest', other: 'Email addresses of up to {count} guests, separated by commas' },
  note: 'Anything {name} should know?',
  optional: 'optional',
  choose: 'Choose one',
  terms: 'Before you book',
  book: 'Book this time',
  request: 'Request this time',
  move: 'Move to this time',
  sending: 'Sending',
  was: 'Now',
  reason: 'Tell {name} why',

  needName: 'Enter your name.',
  needEmail: 'Enter an email address like ana@example.com.',
  needPhone: 'Enter a phone number with its country code.',
  needAnswer: 'Answer this question.',
  needReason: 'Give a reason.',
  needGuests: 'Check the addresses: each one like ana@example.com.',
  tooManyGuests: { one: 'At most {count} guest.', other: 'At most {count} guests.' },
  contactDetails: 'Contact details cannot be shared here yet. Take them out to go on.',
  checkFields: { one: 'One field needs your attention.', other: '{count} fields need your attention.' },

  booked: 'You are booked',
  requested: 'Your request is sent',
  requestedText: '{name} will confirm or suggest another time.',
  moved: 'Your meeting is moved',
  addToCalendar: 'Add to calendar',
  icsFile: 'Calendar file',
  manage: 'Change or cancel',
  bookAnother: 'Book another time',

  offline: 'You are offline. This goes on as soon as you are connected again.',
  slow: 'This takes longer than it should. Please try again.',
  tokenExpired: 'Your session has ended. Reload the page to go on.',
  notFound: 'This calendar does not exist or is closed.',
  notAllowed: 'Booking from this page is not allowed.',
  calendarUnavailable: 'The free times cannot be checked right now. Please try again in a few minutes.',
  tooMany: 'Too many tries. Please wait a minute.',
  notBooked: 'That did not work, and nothing was booked.',
  locationNotAllowed: 'This place is not allowed here yet. Choose another one.',
} as const;

/** Everything those steps can say. */
export type BookKey = keyof typeof en | keyof typeof enClocks | keyof typeof enTerms | keyof typeof enOwn | keyof typeof enBook;
