/** One language and zone needs a handful; each takes tens of kilobytes, so what many zones pile up is let go of. */
const MOST = 300;
const kept = new Map<string, Intl.DateTimeFormat>();

/** A formatter of dates and times. Making one costs some hundred times as much as using it, and a mail uses ten. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= MOST) kept.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  kept.set(key, made);
  return made;
}
