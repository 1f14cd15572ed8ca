/** The languages Parley speaks. The room itself is the marketplace's and stays English. */
const LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ar', 'hi', 'ja'];

/** The one stated in the address, `?lang=de`, so that it can be passed on. */
export function languageOfAddress() {
  const stated = new URLSearchParams(location.search).get('lang');
  return LANGUAGES.includes(stated) ? stated : 'en';
}

/** Fills a list with the languages by the names they have in themselves; a choice is kept in the address and told. */
export function offerLanguages(list, onChoice) {
  list.replaceChildren(
    ...LANGUAGES.map((code) => {
      const option = new Option(new Intl.DisplayNames(code, { type: 'language' }).of(code), code);
      option.lang = code;
      return option;
    }),
  );
  list.value = languageOfAddress();
  list.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('lang', list.value);
    history.replaceState(null, '', address);
    onChoice(list.value);
  });
}
