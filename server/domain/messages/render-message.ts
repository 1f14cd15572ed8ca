import { messageLanguage } from '../../../shared/i18n/message-language.ts';
import { composeAccountMessage } from './compose-account-message.ts';
import { composeBookingMessage } from './compose-booking-message.ts';
import { documentToHtml } from './document-to-html.ts';
import { documentToText } from './document-to-text.ts';
import { BOOKING_MESSAGE_KINDS, type BookingMessage, type BookingMessageKind, type MessageData, type MessageKind } from './message-data.ts';

export interface RenderedMessage {
  /** One line, at most 200 characters. */
  readonly subject: string;
  readonly text: string;
  /** A whole document, under 40 kB (Gmail cuts at 102 kB). */
  readonly html: string;
}

/**
 * Any message in any language: the facts become a document, the document becomes HTML and text. The same input always gives the same
 * output. A locale without texts is written in English; a time zone that does not exist throws a RangeError.
 */
export function renderMessage<Kind extends MessageKind>(kind: Kind, data: MessageData[Kind], locale: string): RenderedMessage {
  const language = messageLanguage(locale);
  const document = isBookingKind(kind)
    ? composeBookingMessage(kind, data as BookingMessage, language)
    : composeAccountMessage({ kind, data } as Parameters<typeof composeAccountMessage>[0], language);
  return { subject: oneLine(document.subject), text: documentToText(document), html: documentToHtml(document) };
}

function isBookingKind(kind: MessageKind): kind is BookingMessageKind {
  return (BOOKING_MESSAGE_KINDS as readonly string[]).includes(kind);
}

const MAX_SUBJECT = 200;

function oneLine(subject: string): string {
  const characters = Array.from(subject.replaceAll(/[\p{Cc}\p{Surrogate}\u2028\u2029]+/gu, ' ').trim());
  return characters.length <= MAX_SUBJECT ? characters.join('') : `${characters.slice(0, MAX_SUBJECT - 1).join('')}…`;
}
