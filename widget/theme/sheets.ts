import tokensCss from './tokens.css?inline';

const made = new Map<string, CSSStyleSheet>();

/**
 * The style sheets of a shadow root: what all elements share, then its own. They are constructed, so a page whose policy forbids inline styles
 * takes them, and made once for all widgets of the page.
 */
export function sheetsFor(...own: readonly string[]): CSSStyleSheet[] {
  return [tokensCss, ...own].map((css) => {
    let sheet = made.get(css);
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      made.set(css, sheet);
    }
    return sheet;
  });
}
