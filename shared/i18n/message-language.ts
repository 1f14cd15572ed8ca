import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { hi } from './hi.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import type { MessageTexts } from './message-texts.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { tr } from './tr.ts';

export const MESSAGE_LANGUAGES = { en, es, pt, fr, de, it, nl, pl, tr, ar, hi, ja } as const satisfies Record<string, MessageTexts>;
export type MessageLanguageCode = keyof typeof MESSAGE_LANGUAGES;

export interface MessageLanguage {
  readonly code: MessageLanguageCode;
  /** For `Intl`: the wished locale where its language is spoken here, else the language alone. Days are always Gregorian ones. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: MessageTexts;
}

/**
 * The language a person is written to in, by BCP 47 tag: `pt-BR` reads Portuguese texts and Brazilian dates. A language that has no
 * texts, and a tag that is none, give English in texts and dates alike, so that no message mixes two languages.
 */
export function messageLanguage(wished: string): MessageLanguage {
  const locale = parseLocale(wished);
  const code = locale === null ? undefined : languageCode(locale.language);
  if (locale === null || code === undefined) return { code: 'en', locale: 'en-u-ca-gregory', direction: 'ltr', texts: en };
  return {
    code,
    // The base name only: an extension such as -u-nu- or -u-ca- in a stranger's tag could make dates unreadable to others.
    locale: `${locale.baseName}-u-ca-gregory`,
    direction: code === 'ar' ? 'rtl' : 'ltr',
    texts: MESSAGE_LANGUAGES[code],
  };
}

function parseLocale(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

function languageCode(language: string): MessageLanguageCode | undefined {
  return (Object.keys(MESSAGE_LANGUAGES) as MessageLanguageCode[]).find((code) => code === language);
}
