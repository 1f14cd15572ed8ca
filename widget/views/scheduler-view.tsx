import type { State } from '../flow/state.ts';
import { viewOf, type View } from '../flow/view-of.ts';
import { DetailsForm } from './details-form.tsx';
import { DoneView } from './done-view.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { InfoPanel } from './info-panel.tsx';
import { MonthGrid } from './month-grid.tsx';
import { TimeButton, TimesList } from './times-list.tsx';
import type { Tools } from './tools.ts';
import { ZoneLine } from './zone-line.tsx';

/** The whole scheduler for one state. */
export function SchedulerView({ state, tools }: { readonly state: State; readonly tools: Tools }) {
  const view = viewOf(state, tools.say, tools.formats);
  const { eventType, failure } = view;
  return (
    <div class="card" part="card" dir={tools.formats.direction}>
      {view.panel === 'failed' ? null : <InfoPanel view={view} state={state} tools={tools} />}
      <div class={`stage stage-${view.panel}`} key={view.panel}>
        {view.panel === 'failed' && failure !== null ? <FailurePanel failure={failure} tools={tools} /> : null}
        {view.panel === 'pick' ? <PickPanel view={view} state={state} tools={tools} /> : null}
        {view.panel === 'details' && eventType !== null ? (
          <DetailsForm view={view} state={state} eventType={eventType} tools={tools} />
        ) : null}
        {view.panel === 'done' && state.booking !== null ? (
          <DoneView view={view} state={state} booking={state.booking} tools={tools} />
        ) : null}
      </div>
      <p class="hidden" role="status">
        {view.announcement}
      </p>
    </div>
  );
}

/** Calendar, zone and times; above them the word that a time was taken. */
function PickPanel({ view, state, tools }: { readonly view: View; readonly state: State; readonly tools: Tools }) {
  return (
    <>
      {view.taken === null ? null : (
        <div class="banner warning taken" tabindex={-1} data-focus="taken" part="taken">
          <div>
            <p>{view.taken.text}</p>
            <ul class="choices">
              {view.taken.choices.map((choice) => (
                <li key={choice.slot.start}>
                  <TimeButton choice={choice} day={choice.day} send={tools.send} />
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div class="pick">
        <div>
          <MonthGrid calendar={view.calendar} tools={tools} />
          <ZoneLine state={state} tools={tools} />
        </div>
        <TimesList view={view} tools={tools} />
      </div>
    </>
  );
}
