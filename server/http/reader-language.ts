import { messageLanguage } from '../../shared/i18n/message-language.ts';
import type { MessageTexts } from '../../shared/i18n/message-texts.ts';

export interface ReaderLanguage {
  /** For `lang`; a region is kept, dates follow it. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: MessageTexts;
}

/** Browsers name a handful; more is not read. */
const MOST_WISHES = 20;

/** The language to answer a browser's `Accept-Language` in: the one it likes best among ours, else that of the locale given. */
export function readerLanguage(accepted: string | undefined, otherwise: string): ReaderLanguage {
  const wishes = (accepted ?? '').split(',', MOST_WISHES).map((entry) => {
    const [tag = '', ...more] = entry.split(';').map((part) => part.trim());
    const weight = Number(more.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    return { tag, weight: Number.isNaN(weight) ? 0 : weight };
  });
  const best = wishes
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .find(({ tag }) => isSpoken(tag));
  const { locale, direction, texts } = messageLanguage(best?.tag ?? otherwise);
  return { tag: locale.replace('-u-ca-gregory', ''), direction, texts };
}

/** A tag of no language of ours is read as English, which is only meant where it says so. */
function isSpoken(tag: string): boolean {
  return messageLanguage(tag).code !== 'en' || /^en\b/i.test(tag);
}
