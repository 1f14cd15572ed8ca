import type { Travel } from '../../../shared/contract/schedule.ts';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { addDays } from '../../time/local-date.ts';
import { cityOf, dateIn } from '../../time/zones.ts';
import type { SettingsTools } from './settings-tools.ts';
import { ZonePick } from './zone-pick.tsx';

/** Trips on which the weekly hours are read in another zone. */
export function TravelSection(tools: SettingsTools) {
  const { shown, say, actions, nowMs } = tools;
  const { travel, timeZone } = shown.schedule;
  const change = (trips: readonly Travel[]) => actions.editSchedule({ travel: trips });
  const add = () => {
    const from = addDays(travel.at(-1)?.to || dateIn(timeZone, nowMs), 7);
    change([...travel, { from, to: addDays(from, 6), timeZone }]);
    actions.focusOn(`travel-${travel.length}-from`);
  };
  return (
    <>
      <p class="help">{say('travelHelp')}</p>
      {travel.length === 0 ? <p class="quiet">{say('noTravel')}</p> : null}
      {travel.map((trip, index) => {
        const id = `travel-${index}`;
        const put = (part: Partial<Travel>) => change(travel.map((each, place) => (place === index ? { ...each, ...part } : each)));
        const place = cityOf(trip.timeZone);
        return (
          <fieldset class="trip" key={index}>
            <legend>{say('tripTo', { place })}</legend>
            <div class="pair">
              {(['from', 'to'] as const).map((end) => (
                <Field
                  key={end}
                  id={`${id}-${end}`}
                  label={say(end === 'from' ? 'firstDay' : 'lastDay')}
                  error={tools.errorOf(`${id}-${end}`)}
                >
                  {(control) => (
                    <input {...control} type="date" value={trip[end]} onInput={(event) => put({ [end]: event.currentTarget.value })} />
                  )}
                </Field>
              ))}
            </div>
            <ZonePick
              id={`${id}-zone`}
              label={say('travelZone')}
              zone={trip.timeZone}
              tools={tools}
              onPick={(zone) => put({ timeZone: zone })}
            />
            <button
              type="button"
              class="round corner"
              aria-label={say('removeTravel', { place })}
              onClick={() => {
                change(travel.filter((_, each) => each !== index));
                actions.focusOn('add-travel');
              }}
            >
              <Icon name="close" />
            </button>
          </fieldset>
        );
      })}
      <div>
        <button type="button" class="secondary with-icon" id="add-travel" onClick={add}>
          <SettingsIcon name="add" /> {say('addTravel')}
        </button>
      </div>
    </>
  );
}
