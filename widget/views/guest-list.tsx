import { Icon } from '../parts/icon.tsx';
import type { ManagedBooking } from '../api/client.ts';
import type { ManageProps } from './manage-view.tsx';

/** Who else comes, with a way to add and to remove them, as far as the event type allows guests. */
export function GuestList({ booking, say, actions }: ManageProps & { readonly booking: ManagedBooking }) {
  const { guests } = booking;
  const limit = booking.eventType?.guestLimit ?? 0;
  if (limit === 0 && guests.length === 0) return null;
  return (
    <div class="guests">
      <h3 id="guests">{say('guests')}</h3>
      {guests.length === 0 ? null : (
        <ul aria-labelledby="guests">
          {guests.map((guest) => {
            const name = guest.name ?? guest.email ?? guest.id;
            return (
              <li key={guest.id}>
                <span>{name}</span>
                <button
                  type="button"
                  class="link"
                  aria-label={say('removeGuest', { name })}
                  onClick={() => void actions.removeGuest(guest.id)}
                >
                  ×
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {guests.length >= limit ? null : (
        <form
          class="add-guest"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const email = new FormData(form).get('email');
            if (typeof email === 'string') void actions.addGuest(email.trim()).then((isAdded) => isAdded && form.reset());
          }}
        >
          <input
            class="control"
            type="email"
            name="email"
            required
            maxlength={254}
            aria-label={say('addGuestLabel')}
            placeholder={say('addGuestLabel')}
          />
          <button type="submit" class="secondary">
            <Icon name="check" /> {say('addGuest')}
          </button>
        </form>
      )}
    </div>
  );
}
