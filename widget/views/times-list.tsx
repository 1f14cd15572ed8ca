import type { View } from '../flow/view-of.ts';
import type { TimeChoice } from '../flow/times-of.ts';
import { FailurePanel } from './failure-panel.tsx';
import type { Tools } from './tools.ts';

/** The times of the chosen day, or an honest word on why there are none. */
export function TimesList({ view, tools }: { readonly view: View; readonly tools: Tools }) {
  const { calendar, times, failure } = view;
  return (
    <section class="times" part="times" aria-labelledby="times-heading">
      <h3 id="times-heading" tabindex={-1} data-focus="times">
        {times?.heading ?? calendar.title}
      </h3>
      <div class="times-body">{failure !== null ? <FailurePanel failure={failure} tools={tools} /> : bodyOf(view, tools)}</div>
    </section>
  );

  function bodyOf(shown: View, { send }: Tools) {
    if (times !== null && times.choices.length > 0) {
      return (
        <ul class="choices">
          {times.choices.map((choice) => (
            <li key={choice.slot.start}>
              <TimeButton choice={choice} send={send} />
            </li>
          ))}
        </ul>
      );
    }
    if (shown.empty !== null) {
      const { text, nextFree } = shown.empty;
      return (
        <div class="quiet">
          <p>{text}</p>
          {nextFree === null ? null : (
            <button type="button" class="secondary" onClick={() => send({ type: 'showMonth', month: nextFree.month })}>
              {nextFree.text}
            </button>
          )}
        </div>
      );
    }
    return (
      <ul class="choices waiting" aria-hidden="true">
        {Array.from({ length: 7 }, (_, index) => (
          <li key={index}>
            <span class="time" />
          </li>
        ))}
      </ul>
    );
  }
}

/** One bookable time. */
export function TimeButton(props: { readonly choice: TimeChoice; readonly day?: string; readonly send: Tools['send'] }) {
  const { choice, day, send } = props;
  return (
    <button
      type="button"
      class="time"
      part="time"
      data-start={choice.slot.start}
      onClick={() => send({ type: 'pickSlot', slot: choice.slot })}
    >
      {day === undefined ? null : <span class="time-day">{day} </span>}
      {choice.text}
      {choice.offset === null ? null : <small> {choice.offset}</small>}
      {choice.note}
    </button>
  );
}
