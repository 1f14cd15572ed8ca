import type { SomeWords } from './say.ts';
import { wordsFor } from './words-for.ts';

/** The words of a language with those of one element beside them, `de-meetings.js`; `null`, which says English, unless all are there: languages are not mixed. */
export async function elementWords(language: string, element: 'meetings' | 'availability'): Promise<SomeWords> {
  const [words, own] = await Promise.all([wordsFor(language), wordsFor(`${language}-${element}`)]);
  return words && own && { ...words, ...own };
}
