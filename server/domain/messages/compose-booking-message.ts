import type { MessageLanguage } from '../../../shared/i18n/message-language.ts';
import type { MessageKey } from '../../../shared/i18n/message-texts.ts';
import { calendarLinks } from './calendar-links.ts';
import { fillText } from './fill-text.ts';
import { formatMoment, formatNames, formatRelative, formatShortMoment, formatSpan, formatZone } from './format-time.ts';
import type { BookingMessage, BookingMessageKind, Party } from './message-data.ts';
import type { Block, DocumentLink, FactRow, MessageDocument } from './message-document.ts';

/** The document of a message about one booking: what happened, when and where, what the other side wrote, and what can be done now. */
export function composeBookingMessage(kind: BookingMessageKind, message: BookingMessage, language: MessageLanguage): MessageDocument {
  const { texts } = language;
  const values = sentenceValues(kind, message, language);
  const isolate = language.direction === 'rtl' ? 'isolate' : 'plain';
  const keys = sentenceKeys(kind, message.recipient.party);
  return {
    brand: message.brand,
    language: language.code,
    direction: language.direction,
    subject: fillText(texts[keys.subject], values),
    heading: texts[keys.heading],
    lead: fillText(texts[keys.lead], values, isolate),
    blocks: [
      ...factRows(kind, message, language),
      ...deadline(kind, message, language),
      ...hostLine(kind, message, language),
      ...actions(kind, message, language),
    ],
    footer: [fillText(texts['footer.why'], { brand: message.brand.name }, isolate)],
  };
}

interface SentenceKeys {
  readonly subject: MessageKey;
  readonly heading: MessageKey;
  readonly lead: MessageKey;
}

/** Guests read what the invitee reads where only two sides have a text. */
function sentenceKeys(kind: BookingMessageKind, party: Party): SentenceKeys {
  const side = party === 'host' ? 'host' : 'invitee';
  switch (kind) {
    case 'requested':
      return { subject: `requested.${side}.subject`, heading: `requested.${side}.heading`, lead: `requested.${side}.lead` };
    case 'moveRequested':
      return { subject: `moveRequested.${side}.subject`, heading: 'moveRequested.heading', lead: `moveRequested.${side}.lead` };
    case 'declined':
    case 'expired':
      return { subject: `${kind}.subject`, heading: `${kind}.heading`, lead: `${kind}.${side}.lead` };
    case 'confirmed':
    case 'guestAdded': {
      const shown = party === 'guest' ? 'guestAdded' : kind;
      return { subject: `${shown}.subject`, heading: `${shown}.heading`, lead: `${shown}.lead` };
    }
    case 'moveDeclined':
    case 'rescheduled':
    case 'locationChanged':
    case 'cancelled':
    case 'reminder':
    case 'guestRemoved':
      return { subject: `${kind}.subject`, heading: `${kind}.heading`, lead: `${kind}.lead` };
    default:
      return kind satisfies never;
  }
}

function sentenceValues(kind: BookingMessageKind, message: BookingMessage, { locale }: MessageLanguage): Record<string, string> {
  const host = formatNames(message.hostNames, locale);
  const subjectMs = kind === 'moveRequested' ? (message.otherTime?.startMs ?? message.startMs) : message.startMs;
  return {
    title: message.title,
    host,
    invitee: message.inviteeName,
    other: formatNames(otherSide(message), locale),
    date: formatShortMoment(subjectMs, locale, message.recipient.timeZone),
    relative: formatRelative(message.startMs, message.nowMs, locale),
  };
}

/** Whom this recipient meets; a guest meets both sides. */
function otherSide(message: BookingMessage): readonly string[] {
  const { hostNames, inviteeName } = message;
  return { host: [inviteeName], invitee: hostNames, guest: [...hostNames, inviteeName] }[message.recipient.party];
}

/** The meeting stands, so a calendar may hold it. */
const TAKES_PLACE: readonly BookingMessageKind[] = ['confirmed', 'rescheduled', 'locationChanged', 'guestAdded', 'reminder'];
const OVER: readonly BookingMessageKind[] = ['cancelled', 'declined', 'expired', 'guestRemoved'];

function factRows(kind: BookingMessageKind, message: BookingMessage, { texts, locale }: MessageLanguage): Block[] {
  const { party, timeZone } = message.recipient;
  const over = OVER.includes(kind);
  const time = formatSpan(message, locale, timeZone);
  const otherTime = message.otherTime === null ? null : formatSpan(message.otherTime, locale, timeZone);
  const zone = formatZone(message.startMs, locale, timeZone);
  const rows: FactRow[] = [];
  const add = (label: string, value: string | null): void => {
    if (value !== null && value.trim() !== '') rows.push({ label, value: value.trim() });
  };
  add(texts['label.meeting'], message.title);
  const asksForMove = kind === 'moveRequested' && otherTime !== null;
  if (asksForMove) rows.push({ label: texts['label.newTime'], value: otherTime, aside: zone, look: 'strong' });
  rows.push(
    asksForMove
      ? { label: texts['label.oldTime'], value: time }
      : { label: texts['label.when'], value: time, aside: zone, look: over ? 'struck' : 'strong' },
  );
  if (kind === 'rescheduled' && otherTime !== null) rows.push({ label: texts['label.oldTime'], value: otherTime, look: 'struck' });
  if (kind === 'moveDeclined' && otherTime !== null) rows.push({ label: texts['label.newTime'], value: otherTime, look: 'struck' });
  if (!over) add(texts['label.where'], placeText(message, texts));
  add(texts['label.with'], [formatNames(otherSide(message), locale), ...message.contacts].join('\n'));
  add(texts['label.cancelledBy'], kind === 'cancelled' ? message.cancelledBy : null);
  add(texts['label.reason'], message.reason);
  if (!over) add(texts['label.guests'], formatNames(message.guestNames, locale));
  if (party !== 'guest' && !over) {
    for (const { label, answer } of message.answers) add(label, answer);
    add(texts['label.note'], message.note);
  }
  return [{ type: 'rows', rows }];
}

/** The room's address is left to its labelled link, so that it does not stand there twice. */
function placeText(message: BookingMessage, texts: MessageLanguage['texts']): string {
  const { type, detail } = message.place;
  const shown = detail === null || detail === message.links.room ? '' : detail.trim();
  return shown === '' ? texts[`place.${type}`] : `${texts[`place.${type}`]}\n${shown}`;
}

function deadline(kind: BookingMessageKind, message: BookingMessage, { texts, locale, direction }: MessageLanguage): Block[] {
  if (kind !== 'requested' || message.recipient.party !== 'host' || message.expiresMs === null) return [];
  const expires = formatMoment(message.expiresMs, locale, message.recipient.timeZone);
  const text = fillText(texts['requested.host.until'], { expires }, direction === 'rtl' ? 'isolate' : 'plain');
  return [{ type: 'paragraph', text }];
}

function hostLine(kind: BookingMessageKind, message: BookingMessage, { texts, locale }: MessageLanguage): Block[] {
  if (message.hostLine === null || message.hostLine.trim() === '' || message.recipient.party === 'host' || kind === 'guestRemoved')
    return [];
  const label = fillText(texts['label.messageFrom'], { name: formatNames(message.hostNames, locale) });
  return [{ type: 'quote', label, text: message.hostLine.trim() }];
}

function actions(kind: BookingMessageKind, message: BookingMessage, language: MessageLanguage): Block[] {
  const { texts } = language;
  const { links, recipient } = message;
  const blocks: Block[] = [];
  const button = (label: string, url: string | null): void => {
    if (url !== null) blocks.push({ type: 'button', link: { label, url } });
  };
  if (OVER.includes(kind)) {
    if (recipient.party === 'invitee') button(texts['button.bookAgain'], links.bookAgain);
    return blocks;
  }
  const decides = recipient.party === 'host' && (kind === 'requested' || kind === 'moveRequested');
  if (recipient.party !== 'guest') button(texts[decides ? 'button.decide' : 'button.manage'], links.manage);
  const extra: DocumentLink[] = [];
  if (links.room !== null) extra.push({ label: texts['button.openRoom'], url: links.room });
  if (extra.length > 0) blocks.push({ type: 'links', label: '', links: extra });
  if (TAKES_PLACE.includes(kind)) {
    blocks.push({ type: 'links', label: texts['label.addToCalendar'], links: calendars(message, language) });
  }
  return blocks;
}

function calendars(message: BookingMessage, { texts }: MessageLanguage): DocumentLink[] {
  const links = calendarLinks({
    title: message.title,
    startMs: message.startMs,
    endMs: message.endMs,
    details: message.links.room ?? '',
    location: message.place.detail ?? texts[`place.${message.place.type}`],
  });
  const file = message.links.calendarFile;
  return [
    { label: 'Google', url: links.google },
    { label: 'Outlook', url: links.outlook },
    { label: 'Office 365', url: links.office365 },
    { label: 'Yahoo', url: links.yahoo },
    ...(file === null ? [] : [{ label: texts['label.calendarFile'], url: file }]),
  ];
}
