import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from '../../../widget/i18n/en.ts';
import { enAvailability } from '../../../widget/i18n/en-availability.ts';
import { enBook } from '../../../widget/i18n/en-book.ts';
import { enClocks } from '../../../widget/i18n/en-clocks.ts';
import { enManage } from '../../../widget/i18n/en-manage.ts';
import { enMeetings } from '../../../widget/i18n/en-meetings.ts';
import { enOwn } from '../../../widget/i18n/en-own.ts';
import { enPopup } from '../../../widget/i18n/en-popup.ts';
import { enTerms } from '../../../widget/i18n/en-terms.ts';
import { enTrouble } from '../../../widget/i18n/en-trouble.ts';
import { enZones } from '../../../widget/i18n/en-zones.ts';
import { createFormats } from '../../../widget/i18n/formats.ts';
import type { Tables, TextEntry } from '../../../widget/i18n/say.ts';
import { languageOf } from '../../../widget/i18n/language-of.ts';

/** What English says, by the module of a language that says the same. */
const ENGLISH: Readonly<Record<string, Tables>> = {
  words: {
    first: en,
    clocks: enClocks,
    terms: enTerms,
    book: enBook,
    own: enOwn,
    popup: enPopup,
    zones: enZones,
    trouble: enTrouble,
    manage: enManage,
  },
  'meetings-words': { meetings: enMeetings },
  'availability-words': { availability: enAvailability },
};
const LANGUAGES = ['es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ar', 'hi', 'ja'];

const formsOf = (entry: TextEntry | undefined): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry ?? {}));
const placeholdersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
const wordsOf = async (language: string, module: string) =>
  ((await import(`../../../widget/i18n/${language}/${module}.ts`)) as { readonly words: Tables }).words;
/** Texts that are rightly the same in some other language; those of placeholders alone always are. */
const SHARED_WITH_ENGLISH = new Set(['optional', 'minutes', 'Me', 'Google Calendar', '{day}, {time}, open', '{count} min', 'Name', 'Note']);

describe.each(LANGUAGES.flatMap((language) => Object.keys(ENGLISH).map((module) => [language, module] as const)))(
  '%s, %s',
  (language, module) => {
    const english = ENGLISH[module] ?? {};

    test('says everything that English says, and nothing else', async () => {
      const words = await wordsOf(language, module);
      const keys = (tables: Tables) => Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, Object.keys(table).sort()]));
      expect(keys(words)).toEqual(keys(english));
      expect(
        Object.values(words).flatMap((table) =>
          Object.values(table)
            .flatMap(formsOf)
            .filter((text) => text.trim() === ''),
        ),
      ).toEqual([]);
    });

    test('says none of it in English', async () => {
      const words = await wordsOf(language, module);
      const same = Object.entries(english).flatMap(([name, table]) =>
        Object.entries(table).flatMap(([key, entry]) => formsOf(words[name]?.[key]).filter((text) => formsOf(entry).includes(text))),
      );
      expect(same.filter((text) => /\w/.test(text.replaceAll(/\{\w+\}/g, '')) && !SHARED_WITH_ENGLISH.has(text))).toEqual([]);
    });

    test('has a form for each plural of the language where English has two', async () => {
      const words = await wordsOf(language, module);
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
      for (const [name, table] of Object.entries(english)) {
        for (const [key, entry] of Object.entries(table)) {
          const own = words[name]?.[key];
          expect(typeof own, `${name}.${key}`).toBe(typeof entry);
          if (typeof own === 'object') expect(Object.keys(own).sort(), `${name}.${key}`).toEqual(categories);
        }
      }
    });

    test('fills in what English fills in; only the number may be a word', async () => {
      const words = await wordsOf(language, module);
      for (const [name, table] of Object.entries(english)) {
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
  },
);

describe('Arabic', () => {
  test.each(Object.keys(ENGLISH))(
    'keeps names, and what people wrote, apart from the text that runs the other way around them, in %s',
    async (module) => {
      const texts = Object.values(await wordsOf('ar', module)).flatMap((table) => Object.values(table).flatMap(formsOf));
      const bare = texts.filter((text) =>
        /(?<!\u2068)\{(name|text|reason|place|provider|detail)\}|\{(name|text|reason|place|provider|detail)\}(?!\u2069)/.test(text),
      );
      expect(bare).toEqual([]);
    },
  );
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
