import { scheduleIdOf } from '../../flow/availability/state.ts';
import { DayHours } from './day-hours.tsx';
import { dayOrder } from '../../flow/availability/week.ts';
import type { SettingsTools } from './settings-tools.ts';
import { WeekGrid } from './week-grid.tsx';
import { ZonePick } from './zone-pick.tsx';

/** The weekly hours: painted above, typed below. Both show the same. */
export function WeekSection(tools: SettingsTools) {
  const { state, shown, say, formats, actions } = tools;
  const { settings } = state;
  const sharing = settings?.eventTypes.filter(({ id }) => scheduleIdOf(settings, id) === shown.scheduleId).length ?? 1;
  return (
    <>
      <p class="help">
        {say('weekHelp')} <span class="hidden">{say('weekKeys')}</span>
        {sharing > 1 ? ` ${say('sharedBy', { count: sharing })}` : null}
      </p>
      <ZonePick
        id="week-zone"
        label={say('zoneOfWeek')}
        zone={shown.schedule.timeZone}
        tools={tools}
        onPick={(timeZone) => actions.editSchedule({ timeZone })}
      />
      <WeekGrid {...tools} />
      <h4>{say('exactTimes')}</h4>
      <ul class="day-list">
        {dayOrder(formats.firstWeekday).map((day) => (
          <DayHours key={day} day={day} {...tools} />
        ))}
      </ul>
    </>
  );
}
