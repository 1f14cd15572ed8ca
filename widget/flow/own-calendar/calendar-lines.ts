/** One property of a calendar file: `DTSTART;TZID=Europe/Berlin:20260803T100000`. Names are in capitals. */
export interface CalendarLine {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
}

/** The properties of an iCalendar text, long lines put together again. What is no property is left out. Source: RFC 5545, section 3.1. */
export function calendarLines(text: string): CalendarLine[] {
  return text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r\n|\n|\r/)
    .flatMap((line) => {
      const found = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/.exec(line);
      if (found === null) return [];
      const [, name = '', parameters = '', value = ''] = found;
      return [{ name: name.toUpperCase(), parameters: parametersOf(parameters), value: value.trim() }];
    });
}

function parametersOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/;([\w-]+)=("[^"]*"|[^";:]*)/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name.toUpperCase(), value.replaceAll('"', '')]));
}
