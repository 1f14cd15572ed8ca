import type { ManagedBooking } from '../api/client.ts';
import type { ParleyScheduler } from '../elements/parley-scheduler.tsx';
import type { Failure } from '../api/result.ts';
import { clocksOf } from '../flow/clocks-of.ts';
import { firstName } from '../flow/first-name.ts';
import { commaOf } from '../i18n/comma-of.ts';
import type { enClocks } from '../i18n/en-clocks.ts';
import type { enManage } from '../i18n/en-manage.ts';
import type { Formats } from '../i18n/formats.ts';
import type { SayOf, TextKey } from '../i18n/say.ts';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { instantIn } from '../time/instants.ts';
import { Clocks } from './clocks.tsx';
import { GuestList } from './guest-list.tsx';
import { placeOf } from './info-panel.tsx';

export type SayManage = SayOf<TextKey | keyof typeof enClocks | keyof typeof enManage>;

export interface ManageState {
  readonly booking: ManagedBooking | null;
  readonly mode: 'view' | 'cancel' | 'decline' | 'move';
  readonly isBusy: boolean;
  readonly failure: Failure | null;
}

export interface ManageActions {
  readonly retry: () => void;
  readonly open: (mode: ManageState['mode']) => void;
  readonly cancel: (reason: string) => Promise<void>;
  readonly decide: (verb: 'confirm' | 'decline', reason: string) => Promise<void>;
  /** Whether it went through. */
  readonly addGuest: (email: string) => Promise<boolean>;
  readonly removeGuest: (guestId: string) => Promise<void>;
  /** Called with the scheduler that moves the meeting, when it is drawn. */
  readonly prepareMove: (element: ParleyScheduler | null) => void;
}

export interface ManageProps {
  readonly state: ManageState;
  readonly zone: string;
  readonly nowMs: number;
  readonly say: SayManage;
  readonly formats: Formats;
  readonly actions: ManageActions;
}

/** One meeting with what its token allows: move, cancel, guests; for a host's token also confirm and decline. */
export function ManageView(props: ManageProps) {
  return (
    <>
      <h1 class="hidden">{props.say('title')}</h1>
      <Meeting {...props} />
    </>
  );
}

function Meeting(props: ManageProps) {
  const { state, say, actions } = props;
  const { booking, failure } = state;
  if (booking === null) {
    return (
      <div class="card" part="card">
        <div class="stage">{failure === null ? <p role="status">{say('loading')}</p> : <FailureBanner {...props} failure={failure} />}</div>
      </div>
    );
  }
  if (state.mode === 'move') {
    return (
      <div class="moving">
        <button type="button" class="link back" onClick={() => actions.open('view')}>
          <Icon name="left" /> {say('backToMeeting')}
        </button>
        <parley-scheduler ref={actions.prepareMove} event-type={booking.eventTypeId} />
      </div>
    );
  }
  const isHost = booking.role === 'host';
  return (
    <div class="card" part="card">
      <section class="stage meeting" part="meeting">
        <span class={`status status-${booking.status}`}>{say(booking.status)}</span>
        <div>
          <h2>{booking.title}</h2>
          <p class="muted">{say('with', { name: otherName(booking, isHost) })}</p>
        </div>
        <MeetingClocks {...props} booking={booking} isHost={isHost} />
        <ul class="facts">
          <li>
            <Icon name={placeOf(booking.location.type)[0]} />
            {say(placeOf(booking.location.type)[1])}
          </li>
        </ul>
        {booking.note === null ? null : (
          <p>
            <strong>{say('yourNote')}:</strong> <bdi>{booking.note}</bdi>
          </p>
        )}
        {booking.reason === null ? null : <p class="muted">{say('reason', { reason: booking.reason })}</p>}
        {failure === null ? null : <FailureBanner {...props} failure={failure} />}
        {booking.status === 'confirmed' || booking.status === 'requested' ? (
          <OpenMeeting {...props} booking={booking} isHost={isHost} />
        ) : null}
        <p class="hidden" role="status">
          {say(state.isBusy ? 'sending' : booking.status)}
        </p>
      </section>
    </div>
  );
}

type WithBooking = ManageProps & { readonly booking: ManagedBooking; readonly isHost: boolean };

function otherName(booking: ManagedBooking, isHost: boolean): string {
  return isHost ? booking.invitee.name : booking.hosts.map(({ name }) => name).join(', ');
}

function MeetingClocks({ booking, isHost, zone, nowMs, formats, say }: WithBooking) {
  const seen = ({ start, end }: { start: string; end: string }) => ({
    start: instantIn(zone, Date.parse(start)),
    end: instantIn(zone, Date.parse(end)),
    zone,
  });
  const hostZone = booking.hosts[0]?.timeZone ?? booking.eventType?.hosts[0]?.timeZone ?? zone;
  const other = { zone: isHost ? (booking.invitee.timeZone ?? zone) : hostZone, name: firstName(otherName(booking, isHost)) };
  const { rescheduleTo } = booking;
  const wanted = rescheduleTo ? seen(rescheduleTo) : null;
  return (
    <>
      <Clocks clocks={clocksOf(seen(booking), other, nowMs, { say, formats })} say={say} />
      {wanted === null ? null : (
        <p class="help">
          {say('requestedChange', {
            time: [formats.longDate(wanted.start.slice(0, 10)), formats.range(wanted.start, wanted.end)].join(commaOf(formats.locale)),
          })}
        </p>
      )}
    </>
  );
}

function OpenMeeting(props: WithBooking) {
  const { state, booking, isHost, say, actions } = props;
  if (state.mode !== 'view') return <ReasonForm {...props} />;
  const isAsked = booking.status === 'requested' || Boolean(booking.rescheduleTo);
  return (
    <>
      {isHost ? null : <GuestList {...props} />}
      <div class="actions">
        {isHost && isAsked ? (
          <>
            <button type="button" class="primary" onClick={() => void actions.decide('confirm', '')}>
              {say('confirm')}
            </button>
            <button type="button" class="secondary" onClick={() => actions.open('decline')}>
              {say('decline')}
            </button>
          </>
        ) : null}
        <button type="button" class={isHost && isAsked ? 'secondary' : 'primary'} onClick={() => actions.open('move')}>
          {say('move')}
        </button>
        {booking.links.ics === undefined || booking.status === 'requested' ? null : (
          <a class="secondary" href={booking.links.ics} download="">
            {say('calendarFile')}
          </a>
        )}
        <button type="button" class="secondary danger" onClick={() => actions.open('cancel')}>
          {say('cancel')}
        </button>
      </div>
    </>
  );
}

/** Preact calls this when the heading appears, and with null when it goes. */
const takeFocus = (heading: HTMLElement | null) => heading?.focus();

/** Asks once more before something is lost, and for a reason. */
function ReasonForm({ state, booking, isHost, say, actions }: WithBooking) {
  const isDecline = state.mode === 'decline';
  const needsReason = booking.eventType?.reasonRequired === true;
  return (
    <form
      class="reason"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget).get('reason');
        const text = typeof reason === 'string' ? reason.trim() : '';
        void (isDecline ? actions.decide('decline', text) : actions.cancel(text));
      }}
    >
      <h3 tabindex={-1} ref={takeFocus}>
        {say(isDecline ? 'declineQuestion' : 'cancelQuestion')}
      </h3>
      <Field
        id="reason"
        label={say('cancelReason', { name: firstName(otherName(booking, isHost)) })}
        aside={needsReason ? null : say('optional')}
        required={needsReason}
      >
        {(control) => <textarea {...control} name="reason" rows={2} maxlength={500} required={needsReason} />}
      </Field>
      <div class="actions">
        <button type="submit" class="primary destructive" aria-disabled={state.isBusy}>
          {say(state.isBusy ? 'sending' : isDecline ? 'declineNow' : 'cancelNow')}
        </button>
        <button type="button" class="secondary" onClick={() => actions.open('view')}>
          {say('keep')}
        </button>
      </div>
    </form>
  );
}

function FailureBanner({ failure, state, say, actions }: ManageProps & { readonly failure: Failure }) {
  const name = state.booking === null ? '' : firstName(otherName(state.booking, state.booking.role === 'host'));
  return (
    <div class="banner warning" role="alert">
      <Icon name="warning" />
      <div>
        <p>{say(textOf(failure), { name })}</p>
        {state.booking === null && (failure.code === 'unreachable' || failure.code === 'offline' || failure.code === 'slow') ? (
          <button type="button" class="secondary" onClick={actions.retry}>
            {say('tryAgain')}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function textOf({ code }: Failure): keyof typeof enManage {
  switch (code) {
    case 'unauthenticated':
    case 'token_expired':
    case 'forbidden':
    case 'not_found':
      return 'badLink';
    case 'change_not_allowed':
    case 'invalid_state':
      return 'cutoff';
    case 'contact_details_detected':
      return 'contactDetails';
    case 'guest_limit':
      return 'tooManyGuests';
    case 'offline':
      return 'offline';
    case 'unreachable':
    case 'slow':
    case 'internal_error':
    case 'unavailable':
      return 'unreachable';
    default:
      return 'failed';
  }
}
