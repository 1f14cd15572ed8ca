import type { Booking } from '../../shared/contract/booking.ts';
import { meetingsFailureText } from '../flow/meetings-failure.ts';
import type { MeetingsAction } from '../flow/meetings-action.ts';
import type { MeetingsMode } from '../flow/meetings-state.ts';
import type { MeetingsKey } from '../i18n/meetings-key.ts';
import { Field } from '../parts/field.tsx';
import type { MeetingsTools } from './meetings-tools.ts';

type FormMode = Exclude<MeetingsMode, 'guests' | 'move'>;

interface Plan {
  readonly ask: MeetingsKey;
  readonly text?: MeetingsKey;
  /** The words that may be written along; none where nothing is to say. */
  readonly label?: MeetingsKey;
  readonly help?: MeetingsKey;
  readonly most?: number;
  readonly yes: MeetingsKey;
  readonly isGrave?: boolean;
}

const PLANS: Readonly<Record<FormMode, Plan>> = {
  confirm: { ask: 'confirmAsk', label: 'messageTo', most: 1000, yes: 'confirmIt' },
  decline: { ask: 'declineAsk', label: 'tellWhy', yes: 'declineYes', isGrave: true },
  cancel: { ask: 'cancelAsk', label: 'tellWhy', yes: 'cancelYes', isGrave: true },
  note: { ask: 'hostNote', label: 'hostNote', help: 'hostNoteHelp', most: 5000, yes: 'hostNoteSave' },
  noShow: { ask: 'noShowAsk', text: 'noShowText', yes: 'noShowYes', isGrave: true },
  otherTimes: { ask: 'declineOfferAsk', text: 'declineOfferText', label: 'tellWhy', yes: 'otherTimesYes' },
  takeBack: { ask: 'takeBackAsk', yes: 'takeBackYes', isGrave: true },
};

/** Asks once more, with a word for the other side where one may be said. What is typed stays when sending fails. */
export function ActionForm(props: {
  readonly id: string;
  readonly mode: FormMode;
  /** The other side. */
  readonly name: string;
  readonly booking: Booking | null;
  readonly tools: MeetingsTools;
}) {
  const { id, mode, name, booking, tools } = props;
  const { state, say, send } = tools;
  const { ask, text, label, help, most = 500, yes, isGrave } = PLANS[mode];
  const isMove = mode === 'decline' && booking !== null && booking.status === 'confirmed';
  const isRequired =
    mode === 'cancel' && state.role === 'invitee' && booking !== null && state.eventTypes[booking.eventTypeId]?.reasonRequired === true;
  const { problem } = state;
  const isField = problem?.failure.code === 'contact_details_detected' || problem?.failure.code === 'validation_failed';
  const error = isField && problem?.action.id === id ? say(meetingsFailureText(problem.failure.code, problem.action.kind), { name }) : null;
  const isBusy = state.busy === id;
  return (
    <form
      class="action-form"
      aria-labelledby="form-title"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('text');
        send({ type: 'act', action: actionOf(mode, id, typeof typed === 'string' ? typed.trim() : '') });
      }}
    >
      <h5 id="form-title" tabindex={-1} data-focus="form">
        {say(isMove ? 'declineMoveAsk' : ask, { name })}
      </h5>
      {text === undefined ? null : <p class="muted">{say(text, { name })}</p>}
      {label === undefined ? null : (
        <Field
          id="action-text"
          label={say(label, { name })}
          aside={isRequired ? null : say('optionalField')}
          help={help === undefined ? null : say(help)}
          error={error}
          required={isRequired}
        >
          {(control) => (
            <textarea
              {...control}
              name="text"
              rows={mode === 'note' ? 4 : 2}
              maxlength={most}
              required={isRequired}
              data-focus="field"
              defaultValue={state.open?.text ?? (mode === 'note' ? (booking?.hostNote ?? '') : '')}
              onInput={({ currentTarget }) => send({ type: 'typed', text: currentTarget.value })}
            />
          )}
        </Field>
      )}
      <div class="entry-actions">
        <button type="submit" class={isGrave ? 'primary destructive' : 'primary'} aria-disabled={state.busy !== null}>
          {say(isBusy ? 'sendingNow' : yes)}
        </button>
        <button type="button" class="secondary" onClick={() => send({ type: 'close' })}>
          {say(mode === 'cancel' || mode === 'takeBack' ? 'keepIt' : 'goBack')}
        </button>
      </div>
    </form>
  );
}

function actionOf(mode: FormMode, id: string, text: string): MeetingsAction {
  switch (mode) {
    case 'confirm':
      return { kind: 'confirm', id, message: text };
    case 'decline':
    case 'cancel':
      return { kind: mode, id, reason: text };
    case 'note':
      return { kind: 'note', id, text };
    case 'noShow':
      return { kind: 'noShow', id };
    case 'otherTimes':
    case 'takeBack':
      return { kind: 'withdraw', id, reason: text };
    default:
      return mode satisfies never;
  }
}
