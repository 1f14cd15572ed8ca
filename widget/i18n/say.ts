import type { en } from './en.ts';

export type TextKey = keyof typeof en;
/** One entry: a text, or one text for each plural form of `{count}`. */
export type TextEntry = string | { readonly [rule in Intl.LDMLPluralRule]?: string };
export type Table<Key extends string> = { readonly [key in Key]: TextEntry };
export type Values = { readonly [name: string]: string | number };
/** Says one text in the reader's language, `{names}` filled in and numbers written by `Intl`. */
export type SayOf<Key extends string> = (key: Key, values?: Values) => string;
export type Say = SayOf<TextKey>;

/** A `Say` for one language. A text that `texts` lacks is said in English, with English plural rules. */
export function createSay<Key extends string>(locale: string, english: Table<Key>, texts: Partial<Table<Key>> = english): SayOf<Key> {
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const own = texts[key];
    const form = formOf(own ?? english[key], own === undefined ? 'en' : locale, values['count']);
    return form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? '');
    });
  };
}

function formOf(entry: TextEntry, locale: string, count: string | number | undefined): string {
  if (typeof entry === 'string') return entry;
  return entry[new Intl.PluralRules(locale).select(Number(count))] ?? entry.other ?? '';
}
