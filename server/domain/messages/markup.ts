/** HTML that is safe to send: only `markup` makes it, and `markup` escapes everything that is not already safe. */
export class SafeHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

type Value = string | number | SafeHtml | readonly SafeHtml[] | null;

/**
 * Template tag: texts are escaped, for element content and for attributes in double quotes alike; safe pieces go in as they are,
 * arrays are joined, `null` is nothing. Not called `html`, because formatters lay out such templates anew and spaces count in a mail.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): SafeHtml {
  return new SafeHtml(strings.reduce((before, after, index) => before + write(values[index - 1] ?? null) + after));
}

/** Replaces the five signs that mean something in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function write(value: Value): string {
  if (value === null) return '';
  if (value instanceof SafeHtml) return value.markup;
  if (typeof value === 'object') return value.map((piece) => piece.markup).join('');
  return escapeHtml(String(value));
}
