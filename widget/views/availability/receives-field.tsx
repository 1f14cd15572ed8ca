import type { Connection } from '../../../shared/contract/connection.ts';
import { Field } from '../../parts/field.tsx';
import type { SettingsTools } from './settings-tools.ts';

/** Where the bookings go. A grant for a calendar of our own offers no other, and one for reading none. */
export function ReceivesField({ connection, say, actions }: SettingsTools & { readonly connection: Connection }) {
  const { id, access, calendars, writeCalendarId } = connection;
  if (access === 'busy') return null;
  const offered = calendars.filter((calendar) => calendar.writable && (calendar.own || access === 'writeAnyCalendar'));
  return (
    <Field id={`${id}-receives`} label={say('receives')}>
      {(control) => (
        <select
          {...control}
          value={writeCalendarId ?? ''}
          onChange={({ currentTarget: { value } }) => actions.changeConnection(id, { writeCalendarId: value === '' ? null : value })}
        >
          <option value="">{say('receivesNone')}</option>
          {calendars.some(({ own }) => own) ? null : <option value="new">{say('receivesNew')}</option>}
          {offered.map((calendar) => (
            <option key={calendar.id} value={calendar.id}>
              {calendar.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
