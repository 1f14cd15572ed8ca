import { messageLanguage } from '../../../shared/i18n/message-language.ts';
import { fillText } from './fill-text.ts';
import { formatShortMoment } from './format-time.ts';
import { countSmsSegments } from './sms-segments.ts';

export interface SmsReminder {
  readonly brandName: string;
  readonly title: string;
  readonly startMs: number;
  readonly timeZone: string;
}

/**
 * A reminder as one SMS, `Brand: Title, Fri, Oct 23, 4:30 PM GMT-4. Reply STOP to end.` The time is never cut. To stay within one
 * segment the hint goes first, then the end of the title; what is then still too long (a very long brand) is sent as it is.
 */
export function renderSmsReminder(reminder: SmsReminder, locale: string): string {
  const language = messageLanguage(locale);
  const date = plainSigns(formatShortMoment(reminder.startMs, language.locale, reminder.timeZone));
  const brand = plainSigns(reminder.brandName);
  const title = Array.from(plainSigns(reminder.title));
  const text = (shownTitle: string): string => fillText(language.texts['sms.reminder'], { brand, title: shownTitle, date });
  const withHint = `${text(title.join(''))}. ${language.texts['sms.optOut']}`;
  if (fits(withHint)) return withHint;
  for (let length = title.length; length > MIN_TITLE; length -= 1) {
    const shortened = text(length === title.length ? title.join('') : `${title.slice(0, length).join('').trim()}...`);
    if (fits(shortened)) return shortened;
  }
  return text(title.slice(0, MAX_TITLE).join(''));
}

/** What we answer to STOP, START and HELP. */
export function renderSmsReply(reply: 'stopped' | 'started' | 'help', brandName: string, locale: string): string {
  return fillText(messageLanguage(locale).texts[`sms.${reply}`], { brand: plainSigns(brandName) });
}

const MIN_TITLE = 8;
const MAX_TITLE = 60;

function fits(text: string): boolean {
  return countSmsSegments(text).segments <= 1;
}

/** One line, with the typographic signs that would turn a cheap GSM-7 text into UCS-2 written plainly. */
function plainSigns(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replaceAll(/[\u2018\u2019\u201b]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e]/g, '"')
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replaceAll('\u2026', '...')
    .trim();
}
