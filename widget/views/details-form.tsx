import type { Question } from '../../shared/contract/event-type.ts';
import { makeIdempotencyKey } from '../api/package/make-idempotency-key.ts';
import { locationOf, needsReason } from '../flow/check-form.ts';
import type { Form, State } from '../flow/state.ts';
import type { BookView } from '../flow/book-view-of.ts';
import { firstName } from '../flow/first-name.ts';
import type { View } from '../flow/view-of.ts';
import { Field } from '../parts/field.tsx';
import { commaOf } from '../i18n/comma-of.ts';
import { Icon } from '../parts/icon.tsx';
import { Clocks } from './clocks.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { placeOf } from './info-panel.tsx';
import { TermsBox } from './terms-box.tsx';
import type { BookTools } from './tools.ts';

export interface DetailsProps {
  readonly view: BookView;
  readonly state: State;
  readonly failure: View['failure'];
  readonly tools: BookTools;
}

/** The form behind a chosen time: who comes, what for, and the terms. */
export function DetailsForm({ view, state, failure, tools }: DetailsProps) {
  const { say, send } = tools;
  const isMove = state.purpose.kind === 'move';
  const action = isMove ? 'move' : view.eventType.confirmation === 'request' ? 'request' : 'book';
  return (
    <form
      class="details"
      part="details"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        send({ type: 'submit', freshKey: makeIdempotencyKey() });
      }}
    >
      <div class="details-head">
        <button type="button" class="round" aria-label={say('back')} aria-disabled={view.isBusy} onClick={() => send({ type: 'back' })}>
          <Icon name="left" />
        </button>
        <h3 tabindex={-1} data-focus="details">
          {say(isMove ? 'move' : 'details')}
        </h3>
      </div>
      {view.was === null ? null : (
        <p class="was">
          {say('was')}: {[view.was.yours.date, view.was.yours.time].join(commaOf(tools.formats.locale))}
        </p>
      )}
      {view.clocks === null ? null : <Clocks clocks={view.clocks} say={say} />}
      {/* Its place is kept while the hold is on its way, or the fields would move away from under a finger. */}
      <p class="help held">{view.heldUntil === null ? '\u00a0' : say('held', { time: view.heldUntil })}</p>
      {isMove ? null : <PersonFields view={view} state={state} tools={tools} />}
      {needsReason(state) ? <ReasonField view={view} state={state} tools={tools} /> : null}
      {state.notice === null ? null : <TermsBox notice={state.notice} state={state} tools={tools} />}
      {failure === null ? null : <FailurePanel failure={failure} tools={tools} />}
      <button type="submit" class="primary" part="submit" aria-disabled={view.isBusy}>
        {say(view.isBusy ? 'sending' : action)}
      </button>
    </form>
  );
}

function PersonFields({ view, state, tools }: Omit<DetailsProps, 'failure'>) {
  const { say, send } = tools;
  const { eventType } = view;
  const { form, identity } = state;
  const location = locationOf(form, eventType);
  const text = (field: 'name' | 'email' | 'phone' | 'guests' | 'note') => ({
    value: form[field],
    onInput: (event: Event) => send({ type: 'edit', field, value: (event.target as HTMLInputElement).value }),
  });
  const error = (field: string) => errorOf(state, field, tools);
  return (
    <>
      {identity === null ? (
        <Field id="name" label={say('name')} error={error('name')} required>
          {(control) => <input {...control} type="text" autocomplete="name" maxlength={200} {...text('name')} />}
        </Field>
      ) : (
        <p class="as">{say('bookingAs', { name: identity.name })}</p>
      )}
      {identity?.hasEmail ? null : (
        <Field
          id="email"
          label={say(identity === null ? 'email' : 'emailOptional')}
          aside={identity === null ? null : say('optional')}
          error={error('email')}
          required={identity === null}
        >
          {(control) => <input {...control} type="email" autocomplete="email" maxlength={254} {...text('email')} />}
        </Field>
      )}
      {eventType.locations.length > 1 ? (
        <Field id="location" label={say('location')} error={error('location')}>
          {(control) => (
            <select
              {...control}
              value={location}
              onChange={(event) => send({ type: 'edit', field: 'location', value: event.currentTarget.value })}
            >
              {eventType.locations.map(({ type }) => (
                <option value={type} key={type}>
                  {say(placeOf(type)[1])}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {location === 'phone' ? (
        <Field id="phone" label={say('phone')} error={error('phone')} required>
          {(control) => <input {...control} type="tel" autocomplete="tel" maxlength={32} {...text('phone')} />}
        </Field>
      ) : null}
      {eventType.questions.map((question) => (
        <QuestionField key={question.key} question={question} form={form} error={error(`answers.${question.key}`)} tools={tools} />
      ))}
      <Field id="note" label={say('note', { name: firstName(view.hostName) })} aside={say('optional')} error={error('note')}>
        {(control) => <textarea {...control} rows={2} maxlength={5000} {...text('note')} />}
      </Field>
      {eventType.guestLimit > 0 ? (
        <details open={form.guests !== '' || error('guests') !== null}>
          <summary>{say('addGuests')}</summary>
          <Field id="guests" label={say('guests')} help={say('guestsHelp', { count: eventType.guestLimit })} error={error('guests')}>
            {(control) => <input {...control} type="text" inputmode="email" {...text('guests')} />}
          </Field>
        </details>
      ) : null}
    </>
  );
}

function ReasonField({ view, state, tools }: Omit<DetailsProps, 'failure'>) {
  const { say, send } = tools;
  return (
    <Field id="reason" label={say('reason', { name: firstName(view.hostName) })} error={errorOf(state, 'reason', tools)} required>
      {(control) => (
        <textarea
          {...control}
          rows={2}
          maxlength={500}
          value={state.form.reason}
          onInput={(event) => send({ type: 'edit', field: 'reason', value: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

interface QuestionProps {
  readonly question: Question;
  readonly form: Form;
  readonly error: string | null;
  readonly tools: BookTools;
}

function QuestionField({ question, form, error, tools }: QuestionProps) {
  const { key, label, type, required, options = [] } = question;
  const value = form.answers[key] ?? '';
  const onInput = (event: Event) => tools.send({ type: 'answer', key, value: (event.target as HTMLInputElement).value });
  return (
    <Field id={`q-${key}`} label={label} aside={required ? null : tools.say('optional')} error={error} required={required === true}>
      {(control) =>
        type === 'longText' ? (
          <textarea {...control} rows={3} maxlength={5000} value={value} onInput={onInput} />
        ) : type === 'choice' ? (
          <select {...control} value={value} onChange={onInput}>
            <option value="">{tools.say('choose')}</option>
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        ) : (
          <input {...control} type="text" inputmode={type === 'phone' ? 'tel' : 'text'} maxlength={5000} value={value} onInput={onInput} />
        )
      }
    </Field>
  );
}

function errorOf(state: State, field: string, { say }: BookTools): string | null {
  const issue = state.issues[field];
  if (issue === undefined) return null;
  return 'text' in issue ? issue.text : say(issue.say, issue.count === undefined ? {} : { count: issue.count });
}
