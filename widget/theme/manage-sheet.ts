import manageCss from './manage.css?inline';

let made: CSSStyleSheet | null = null;

/** The style sheet of the page behind a mail link, beside the scheduler's. */
export function sheetFor(): CSSStyleSheet {
  if (made === null) {
    made = new CSSStyleSheet();
    made.replaceSync(manageCss);
  }
  return made;
}
