import { loadModule } from '../api/load-module.ts';
import type { SomeWords } from './say.ts';

/** Words of a language, `parley/i18n/de.js` for `de`; `null`, which says English, when they cannot be had. */
export function wordsFor(language: string): Promise<SomeWords> {
  return loadModule<{ words: SomeWords }>(`i18n/${language}`).then(
    ({ words }) => words,
    () => null,
  );
}
