const made = new Map<string, CSSStyleSheet>();

/**
 * The style sheets of these texts. They are constructed, so a page whose policy forbids inline styles takes them, and made once for all
 * widgets of the page.
 */
export function sheetsFor(...texts: readonly string[]): CSSStyleSheet[] {
  return texts.map((css) => {
    let sheet = made.get(css);
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      made.set(css, sheet);
    }
    return sheet;
  });
}
