import { describe, expect, it } from 'vitest';
import { en } from '../../../shared/i18n/en.ts';
import { MESSAGE_LANGUAGES, messageLanguage } from '../../../shared/i18n/message-language.ts';
import type { MessageKey } from '../../../shared/i18n/message-texts.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
const keys = Object.keys(en) as MessageKey[];
/** Words that are rightly the same in another language, and the one text that is nothing but placeholders. */
const SHARED_WITH_ENGLISH = new Set(['sms.reminder', 'guestAdded.subject', 'guestAdded.heading', 'label.note', 'page.consent.account']);

describe.each(Object.entries(MESSAGE_LANGUAGES))('the language %s', (code, texts) => {
  it('has exactly the keys that English has', () => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
  });

  it('uses the same placeholders as English in every text, so that no fact is lost in translation', () => {
    for (const key of keys) expect(`${key} ${placeholders(texts[key]).join()}`).toBe(`${key} ${placeholders(en[key]).join()}`);
  });

  it('leaves no text empty, and none in English', () => {
    for (const key of keys) {
      expect(texts[key].trim()).toBe(texts[key]);
      expect(texts[key]).not.toBe('');
      if (code !== 'en' && !SHARED_WITH_ENGLISH.has(key)) expect(`${key}: ${texts[key]}`).not.toBe(`${key}: ${en[key]}`);
    }
  });

  it('is spoken by Intl too, so that its dates are not English ones', () => {
    expect(Intl.DateTimeFormat.supportedLocalesOf(code)).toEqual([code]);
    expect(messageLanguage(code).texts).toBe(texts);
  });
});

describe('messageLanguage', () => {
  it.each([
    ['pt-BR', 'pt', 'pt-BR-u-ca-gregory'],
    ['de-CH-1996', 'de', 'de-CH-1996-u-ca-gregory'],
    ['EN-gb', 'en', 'en-GB-u-ca-gregory'],
    ['ar-SA', 'ar', 'ar-SA-u-ca-gregory'],
    ['hi-u-nu-deva', 'hi', 'hi-u-ca-gregory'],
    ['ko', 'en', 'en-u-ca-gregory'],
    ['th-TH', 'en', 'en-u-ca-gregory'],
    ['', 'en', 'en-u-ca-gregory'],
    ['not a tag', 'en', 'en-u-ca-gregory'],
    ['__proto__', 'en', 'en-u-ca-gregory'],
  ])('reads %j as %s', (wished, code, locale) => {
    expect(messageLanguage(wished)).toMatchObject({ code, locale });
  });

  it('writes Arabic from right to left, in Gregorian days even where another calendar is the custom', () => {
    expect(messageLanguage('ar-SA').direction).toBe('rtl');
    const year = new Intl.DateTimeFormat(`${messageLanguage('ar-SA').locale}-nu-latn`, { year: 'numeric', timeZone: 'UTC' });
    expect(year.format(Date.UTC(2026, 5, 1))).toContain('2026');
  });
});
