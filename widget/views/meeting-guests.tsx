import type { Booking } from '../../shared/contract/booking.ts';
import { meetingsFailureText } from '../flow/meetings-failure.ts';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import type { MeetingsTools } from './meetings-tools.ts';

/** Who else comes, with a way to add and to remove them, as far as the kind of meeting allows guests. */
export function MeetingGuests({ booking, tools }: { readonly booking: Booking; readonly tools: MeetingsTools }) {
  const { state, say, send, otherName } = tools;
  const { id, guests } = booking;
  const limit = state.eventTypes[booking.eventTypeId]?.guestLimit ?? 0;
  const isBusy = state.busy === id;
  const { problem } = state;
  const isField = problem?.failure.code === 'contact_details_detected' || problem?.failure.code === 'validation_failed';
  const error =
    isField && problem?.action.id === id ? say(meetingsFailureText(problem.failure.code, problem.action.kind), { name: otherName }) : null;
  return (
    <div class="action-form">
      <h5 id="guests" tabindex={-1} data-focus="form">
        {say('guestsTitle')}
      </h5>
      {guests.length === 0 ? (
        <p class="muted">{say('guestNone')}</p>
      ) : (
        <ul class="guest-names" aria-labelledby="guests">
          {guests.map((guest) => {
            const name = guest.name ?? guest.email ?? guest.id;
            return (
              <li key={guest.id}>
                <span>{name}</span>
                <button
                  type="button"
                  class="remove"
                  aria-label={say('guestRemove', { name })}
                  aria-disabled={state.busy !== null}
                  onClick={() => send({ type: 'act', action: { kind: 'removeGuest', id, guestId: guest.id } })}
                >
                  <Icon name="close" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {guests.length >= limit ? null : (
        <form
          // Added guests leave an empty field behind; a failure keeps what is typed.
          key={guests.length}
          class="add-guest"
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            const email = new FormData(event.currentTarget).get('email');
            send({ type: 'act', action: { kind: 'addGuest', id, email: typeof email === 'string' ? email.trim() : '' } });
          }}
        >
          <Field id="guest-email" label={say('guestEmail')} error={error}>
            {(control) => <input {...control} type="email" name="email" maxlength={254} autocomplete="off" data-focus="field" />}
          </Field>
          <button type="submit" class="secondary" aria-disabled={state.busy !== null}>
            {say(isBusy ? 'sendingNow' : 'guestAdd')}
          </button>
        </form>
      )}
      <button type="button" class="link" onClick={() => send({ type: 'close' })}>
        {say('guestsClose')}
      </button>
    </div>
  );
}
