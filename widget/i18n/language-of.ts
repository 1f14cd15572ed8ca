/** The languages with words of their own beside the script; all other readers get English. */
const LANGUAGES = /^(es|pt|fr|de|it|nl|pl|tr|ar|hi|ja)\b/;

/** The language of a locale, where words can be fetched for it: `de` for `de-AT`. Empty for English and for all that have none. */
export function languageOf(locale: string): string {
  return LANGUAGES.exec(locale)?.[0] ?? '';
}
