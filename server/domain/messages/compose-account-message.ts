import type { MessageLanguage } from '../../../shared/i18n/message-language.ts';
import type { MessageTexts } from '../../../shared/i18n/message-texts.ts';
import { fillText } from './fill-text.ts';
import { formatMinutes, formatMoment, formatSpan, formatZone } from './format-time.ts';
import type { Brand, CalendarDisconnectedMessage, FirstContactMessage, ProposalMessage, VerificationCodeMessage } from './message-data.ts';
import type { Block, MessageDocument } from './message-document.ts';

export type AccountMessage =
  | { readonly kind: 'proposal'; readonly data: ProposalMessage }
  | { readonly kind: 'firstContact'; readonly data: FirstContactMessage }
  | { readonly kind: 'calendarDisconnected'; readonly data: CalendarDisconnectedMessage }
  | { readonly kind: 'verificationCode'; readonly data: VerificationCodeMessage };

/** The document of a message that is not about a booking. */
export function composeAccountMessage(message: AccountMessage, language: MessageLanguage): MessageDocument {
  switch (message.kind) {
    case 'proposal':
      return composeProposal(message.data, language);
    case 'firstContact':
      return composeFirstContact(message.data, language);
    case 'calendarDisconnected':
      return composeCalendarDisconnected(message.data, language);
    case 'verificationCode':
      return composeVerificationCode(message.data, language);
    default:
      return message satisfies never;
  }
}

function composeProposal(data: ProposalMessage, language: MessageLanguage): MessageDocument {
  const { texts, locale } = language;
  const expires = formatMoment(data.expiresMs, locale, data.timeZone);
  const zone = formatZone(data.times[0]?.startMs ?? data.expiresMs, locale, data.timeZone);
  return {
    ...frame('proposal', data.brand, { other: data.offeredBy, title: data.title }, language),
    blocks: [
      { type: 'rows', rows: [{ label: texts['label.meeting'], value: data.title }] },
      { type: 'list', items: data.times.map((time) => formatSpan(time, locale, data.timeZone)) },
      { type: 'paragraph', text: fillText(texts['proposal.until'], { expires }, isolation(language)) },
      ...button(texts['button.pick'], data.links.pick),
    ],
    footer: [
      fillText(texts['footer.zone'], { zone }, isolation(language)),
      fillText(texts['footer.why'], { brand: data.brand.name }, isolation(language)),
    ],
  };
}

function composeFirstContact(data: FirstContactMessage, language: MessageLanguage): MessageDocument {
  return {
    ...frame('firstContact', data.brand, { brand: data.brand.name }, language),
    blocks: [{ type: 'notice', markdown: data.noticeText }, ...button(language.texts['button.openRoom'], data.links.room)],
  };
}

function composeCalendarDisconnected(data: CalendarDisconnectedMessage, language: MessageLanguage): MessageDocument {
  return {
    ...frame('calendarDisconnected', data.brand, { calendar: data.calendarName }, language),
    blocks: button(language.texts['button.reconnect'], data.links.settings),
  };
}

function composeVerificationCode(data: VerificationCodeMessage, language: MessageLanguage): MessageDocument {
  const duration = formatMinutes(data.validMinutes, language.locale);
  return {
    ...frame('verificationCode', data.brand, { code: data.code }, language),
    blocks: [
      { type: 'code', code: data.code },
      { type: 'paragraph', text: fillText(language.texts['verificationCode.validity'], { duration }, isolation(language)) },
    ],
  };
}

/** Subject, heading, lead and footer, which all of these kinds have under the same keys. */
function frame(
  kind: AccountMessage['kind'],
  brand: Brand,
  values: Readonly<Record<string, string>>,
  language: MessageLanguage,
): Omit<MessageDocument, 'blocks'> {
  const texts: MessageTexts = language.texts;
  return {
    brand,
    language: language.code,
    direction: language.direction,
    subject: fillText(texts[`${kind}.subject`], values),
    heading: texts[`${kind}.heading`],
    lead: fillText(texts[`${kind}.lead`], values, isolation(language)),
    footer: [fillText(texts['footer.whyAccount'], { brand: brand.name }, isolation(language))],
  };
}

function isolation(language: MessageLanguage): 'plain' | 'isolate' {
  return language.direction === 'rtl' ? 'isolate' : 'plain';
}

function button(label: string, url: string | null): Block[] {
  return url === null ? [] : [{ type: 'button', link: { label, url } }];
}
