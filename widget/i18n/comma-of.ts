/** What stands between a date and a time, and between things in a row, in the language of a locale. */
export function commaOf(locale: string): string {
  return locale.startsWith('ar') ? '، ' : locale.startsWith('ja') ? ' ' : ', ';
}
