import type { ComponentChildren } from 'preact';
import type { State } from '../flow/state.ts';
import { type Further, viewOf, type View } from '../flow/view-of.ts';
import type { Drawn } from './book-part.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { InfoPanel } from './info-panel.tsx';
import { MonthGrid } from './month-grid.tsx';
import { TimesList } from './times-list.tsx';
import type { Tools } from './tools.ts';
import { ZoneLine } from './zone-line.tsx';

/** What follows the first picture. */
export interface Later {
  readonly further: (state: State) => Further;
  readonly draw: (state: State, failure: View['failure']) => Drawn;
}

/** The whole scheduler for one state. `later` is `null` until its code is there. */
export function SchedulerView(props: { readonly state: State; readonly tools: Tools; readonly later: Later | null }) {
  const { state, tools, later } = props;
  const view = viewOf(state, tools.say, tools.formats, later?.further(state));
  const { failure } = view;
  const drawn = later?.draw(state, failure) ?? null;
  const isLater = view.panel === 'details' || view.panel === 'done';
  return (
    <div class="card" part="card">
      {view.panel === 'failed' ? null : <InfoPanel view={view} state={state} tools={tools} />}
      <div class={`stage stage-${view.panel}`} key={view.panel}>
        {view.panel === 'failed' && failure !== null ? <FailurePanel failure={failure} tools={tools} /> : null}
        {view.panel === 'pick' ? <PickPanel view={view} state={state} tools={tools} above={drawn?.content} below={drawn?.below} /> : null}
        {isLater ? (drawn?.content ?? <Waiting failure={failure} tools={tools} />) : null}
      </div>
      <p class="hidden" role="status">
        {failure?.text ?? drawn?.announcement}
      </p>
    </div>
  );
}

/** The place of the form while its code is on the way, or did not arrive. */
function Waiting({ failure, tools }: { readonly failure: View['failure']; readonly tools: Tools }) {
  if (failure !== null) return <FailurePanel failure={failure} tools={tools} />;
  return (
    <div class="details waiting" aria-busy="true" tabindex={-1} data-focus="details">
      <span class="line" />
      <span class="line short" />
    </div>
  );
}

/** Calendar, zone and times; above them the word that a time was taken, below the visitor's own calendar. */
function PickPanel(props: {
  readonly view: View;
  readonly state: State;
  readonly tools: Tools;
  readonly above: ComponentChildren;
  readonly below: ComponentChildren;
}) {
  const { view, state, tools, above, below } = props;
  return (
    <>
      {above}
      <div class="pick">
        <div>
          <MonthGrid calendar={view.calendar} tools={tools} />
          <ZoneLine state={state} tools={tools} />
        </div>
        <TimesList view={view} tools={tools} />
      </div>
      {below}
    </>
  );
}
