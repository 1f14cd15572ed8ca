// The browser's own choice: `navigator.language` may carry what `Intl` refuses.
const LOCALE = undefined;
const formats = new Map();

function write(options, at) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, options));
  return formats.get(key).format(at);
}

/** `4:05 PM`, on a person's own clock. */
export const timeIn = (timeZone, at) => write({ timeZone, hour: 'numeric', minute: '2-digit' }, at);

/** `Tue, Dec 1, 4:05 PM`, on a person's own clock. */
export const momentIn = (timeZone, at) =>
  write({ timeZone, weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }, at);

/** `Tuesday, December 1`, on a person's own calendar. */
export const dayIn = (timeZone, at) => write({ timeZone, weekday: 'long', month: 'long', day: 'numeric' }, at);

/** The month and day of a date as on a tear-off calendar: `['Dec', '1']`. */
export const leafIn = (timeZone, at) => [write({ timeZone, month: 'short' }, at), write({ timeZone, day: 'numeric' }, at)];
