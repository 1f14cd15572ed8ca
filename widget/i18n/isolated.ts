import type { Formats } from './formats.ts';

/** A title or name within a text from right to left, kept in its own direction with all its signs. For elements there is `<bdi>`. */
export function isolated(text: string, { direction }: Formats): string {
  return direction === 'rtl' ? `\u2068${text}\u2069` : text;
}
