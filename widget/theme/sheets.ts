import noticeCss from './notice.css?inline';
import schedulerCss from './scheduler.css?inline';
import tokensCss from './tokens.css?inline';

const made = new Map<string, CSSStyleSheet>();

/** Style sheets for a shadow root. They are constructed, so a page whose policy forbids inline styles takes them, and shared by all widgets. */
export function sheetsFor(...names: ('scheduler' | 'notice')[]): CSSStyleSheet[] {
  return [sheet(tokensCss), ...names.map((name) => sheet(name === 'scheduler' ? schedulerCss : noticeCss))];
}

function sheet(css: string): CSSStyleSheet {
  let found = made.get(css);
  if (found === undefined) {
    found = new CSSStyleSheet();
    found.replaceSync(css);
    made.set(css, found);
  }
  return found;
}
