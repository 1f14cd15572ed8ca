import type { Own } from '../flow/state.ts';
import type { BookKey } from '../i18n/en-book.ts';
import type { SayOf } from '../i18n/say.ts';
import { Icon } from '../parts/icon.tsx';
import type { Tools } from './tools.ts';

/** Takes the visitor's own calendar file, or lets go of it. One button for both, so that the keyboard stays where it is. */
export function OwnCalendarLine(props: { readonly own: Own | undefined; readonly say: SayOf<BookKey>; readonly send: Tools['send'] }) {
  const { own, say, send } = props;
  const isRead = own?.status === 'read';
  let input: HTMLInputElement | null = null;
  return (
    <div class="own" part="own-calendar">
      <button
        type="button"
        class="link"
        aria-describedby="own-status"
        onClick={() => (isRead ? send({ type: 'forgetCalendar' }) : input?.click())}
      >
        {say(isRead ? 'ownForget' : 'ownPick')}
      </button>
      <input
        hidden
        type="file"
        accept=".ics,text/calendar"
        aria-label={say('ownPick')}
        ref={(element) => {
          input = element;
        }}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Else picking the same file once more would be no change.
          currentTarget.value = '';
          if (file !== undefined) send({ type: 'pickCalendar', file });
        }}
      />
      <p id="own-status" role="status" class={own?.status === 'refused' ? 'own-refused' : undefined}>
        {own?.status === 'refused' ? <Icon name="warning" /> : null}
        <span>{say(statusOf(own))}</span>
      </p>
    </div>
  );
}

function statusOf(own: Own | undefined): BookKey {
  if (own === undefined) return 'ownHelp';
  return own.status === 'refused' ? own.say : own.status === 'read' ? 'ownMarked' : 'ownReading';
}
