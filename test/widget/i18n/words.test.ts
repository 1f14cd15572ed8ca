import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from '../../../widget/i18n/en.ts';
import { enBook } from '../../../widget/i18n/en-book.ts';
import { enClocks } from '../../../widget/i18n/en-clocks.ts';
import { enManage } from '../../../widget/i18n/en-manage.ts';
import { enOwn } from '../../../widget/i18n/en-own.ts';
import { enPopup } from '../../../widget/i18n/en-popup.ts';
import { enTerms } from '../../../widget/i18n/en-terms.ts';
import { enTrouble } from '../../../widget/i18n/en-trouble.ts';
import { enZones } from '../../../widget/i18n/en-zones.ts';
import { createFormats } from '../../../widget/i18n/formats.ts';
import type { Tables, TextEntry } from '../../../widget/i18n/say.ts';
import { languageOf } from '../../../widget/i18n/language-of.ts';

const ENGLISH: Tables = {
  first: en,
  clocks: enClocks,
  terms: enTerms,
  book: enBook,
  own: enOwn,
  popup: enPopup,
  zones: enZones,
  trouble: enTrouble,
  manage: enManage,
};
const LANGUAGES = ['es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ar', 'hi', 'ja'];

const formsOf = (entry: TextEntry | undefined): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry ?? {}));
const placeholdersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const wordsOf = async (language: string) =>
  ((await import(`../../../widget/i18n/${language}/words.ts`)) as { readonly words: Tables }).words;

describe.each(LANGUAGES)('%s', (language) => {
  test('says everything that English says, and nothing else', async () => {
    const words = await wordsOf(language);
    const keys = (tables: Tables) => Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, Object.keys(table).sort()]));
    expect(keys(words)).toEqual(keys(ENGLISH));
    expect(
      Object.values(words).flatMap((table) =>
        Object.values(table)
          .flatMap(formsOf)
          .filter((text) => text.trim() === ''),
      ),
    ).toEqual([]);
  });

  test('has a form for each plural of the language where English has two', async () => {
    const words = await wordsOf(language);
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [name, table] of Object.entries(ENGLISH)) {
      for (const [key, entry] of Object.entries(table)) {
        const own = words[name]?.[key];
        expect(typeof own, `${name}.${key}`).toBe(typeof entry);
        if (typeof own === 'object') expect(Object.keys(own).sort(), `${name}.${key}`).toEqual(categories);
      }
    }
  });

  test('fills in what English fills in; only the number may be a word', async () => {
    const words = await wordsOf(language);
    for (const [name, table] of Object.entries(ENGLISH)) {
      for (const [key, entry] of Object.entries(table)) {
        const wanted = placeholdersOf(formsOf(entry).join(' '));
        const forms = formsOf(words[name]?.[key]);
        expect(placeholdersOf(forms.join(' ')), `${name}.${key}`).toEqual(wanted);
        for (const form of forms)
          expect([...new Set([...placeholdersOf(form), '{count}'])].sort(), `${name}.${key}`).toEqual(
            [...new Set([...wanted, '{count}'])].sort(),
          );
      }
    }
  });
});

describe('the language of a reader', () => {
  test('is that of the locale, with or without a region; English where there are no words', () => {
    expect(['de', 'de-AT', 'pt-BR', 'ar-EG', 'en-GB', 'fil', 'zh-Hans-CN'].map(languageOf)).toEqual(['de', 'de', 'pt', 'ar', '', '', '']);
  });

  test('has a folder of words for each that is fetched, and none beside', () => {
    const folders = readdirSync(new URL('../../../widget/i18n', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.toSorted()).toEqual(LANGUAGES.toSorted());
    expect(folders.filter((name) => languageOf(name) !== name)).toEqual([]);
  });
});

describe('dates and times', () => {
  test('are Gregorian in a region that counts years otherwise, as the grid is', () => {
    expect(createFormats('ar-SA').month('2026-08')).toBe('أغسطس ٢٠٢٦');
    expect(createFormats('ja-JP-u-ca-japanese').month('2026-08')).toBe('2026年8月');
  });

  test('have weekdays that fit a column: Arabic has no short ones', () => {
    expect(
      createFormats('ar')
        .weekdays()
        .every(({ short, long }) => short.length < long.length),
    ).toBe(true);
  });

  test.each(['en-US', 'en-GB', 'pt-BR', 'de', 'fr', 'ja', 'hi', 'ar-EG', 'pl', 'es', 'es-MX'])(
    'begin the week in %s also where the browser cannot tell',
    (locale) => {
      const { prototype } = Intl.Locale as unknown as { prototype: { getWeekInfo?: unknown; weekInfo?: unknown } };
      const known = createFormats(locale).firstWeekday;
      const kept = Object.getOwnPropertyDescriptors(prototype);
      delete prototype.getWeekInfo;
      delete prototype.weekInfo;
      try {
        expect(createFormats(locale).firstWeekday).toBe(known);
      } finally {
        for (const name of ['getWeekInfo', 'weekInfo'] as const) {
          const was = (kept as Record<string, PropertyDescriptor>)[name];
          if (was !== undefined) Object.defineProperty(prototype, name, was);
        }
      }
    },
  );
});
