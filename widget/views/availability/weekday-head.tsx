import type { SettingsTools } from './settings-tools.ts';

/** The head of a month: its weekdays in the reader's order, short for the eye and whole for the ear. */
export function WeekdayHead({ formats }: Pick<SettingsTools, 'formats'>) {
  return (
    <thead>
      <tr>
        {formats.weekdays().map(({ short, long }) => (
          <th scope="col" abbr={long} key={long}>
            {short}
          </th>
        ))}
      </tr>
    </thead>
  );
}
