import type { en } from './en.ts';

export type TextKey = keyof typeof en;
/** One entry: a text, or one text for each plural form of `{count}`. */
export type TextEntry = string | { readonly [rule in Intl.LDMLPluralRule]?: string };
export type Table<Key extends string> = { readonly [key in Key]: TextEntry };
export type Values = { readonly [name: string]: string | number };
/** Says one text in the reader's language, `{names}` filled in and numbers written by `Intl`. */
export type SayOf<Key extends string> = (key: Key, values?: Values) => string;
export type Say = SayOf<TextKey>;

/** English tables by the names they have in `Words`. */
export type Tables = { readonly [name: string]: Table<string> };
/** All that some tables can say. */
export type KeyOf<T extends Tables> = { [name in keyof T]: keyof T[name] & string }[keyof T];
/** A language's tables as far as they are known; `null` says English. */
export type SomeWords = Tables | null;

/** A `Say` for one language. A text that `words` lacks is said in English, with English plural rules. */
export function createSay<T extends Tables>(locale: string, english: T, words: SomeWords = null): SayOf<KeyOf<T>> {
  const numbers = new Intl.NumberFormat(locale);
  const merged = (tables: SomeWords) => Object.assign({}, ...Object.keys(english).map((name) => tables?.[name])) as Partial<Table<string>>;
  const [ours, own] = [merged(english), merged(words)];
  return (key, values = {}) => {
    const form = formOf(own[key] ?? ours[key] ?? '', own[key] === undefined ? 'en' : locale, values['count']);
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
