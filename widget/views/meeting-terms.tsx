import { meetingsFailureText } from '../flow/meetings-failure.ts';
import type { PendingTerms } from '../flow/meetings-state.ts';
import { Markdown } from '../parts/markdown.tsx';
import type { MeetingsTools } from './meetings-tools.ts';

/** The notice an action waits for, and its box: never ticked for the reader. */
export function MeetingTerms({ terms, tools }: { readonly terms: PendingTerms; readonly tools: MeetingsTools }) {
  const { state, say, send, otherName } = tools;
  const { notice, needsTick, failure } = terms;
  const isBusy = state.busy === terms.action.id;
  const error = failure !== null ? say(meetingsFailureText(failure.code), { name: otherName }) : needsTick ? say('termsTick') : null;
  return (
    <form
      class={`terms ${notice.severity}`}
      part="terms"
      novalidate
      aria-labelledby="terms-title"
      onSubmit={(event) => {
        event.preventDefault();
        send({ type: 'agree', isTicked: new FormData(event.currentTarget).has('tick') });
      }}
    >
      <h4 id="terms-title" tabindex={-1} data-focus="terms">
        {say('termsFirst')}
      </h4>
      <div class="terms-text" lang={notice.locale} tabindex={0} role="group" aria-labelledby="terms-title">
        <Markdown text={notice.text} />
      </div>
      <label class="tick" lang={notice.locale}>
        <input
          type="checkbox"
          name="tick"
          data-focus="tick"
          aria-required="true"
          aria-invalid={error === null ? undefined : 'true'}
          aria-describedby={error === null ? undefined : 'terms-error'}
        />
        <span lang={notice.locale} dir="auto">
          {notice.label}
        </span>
      </label>
      {error === null ? null : (
        <p class="error" id="terms-error" role="alert">
          {error}
        </p>
      )}
      <div class="entry-actions">
        <button type="submit" class="primary" aria-disabled={state.busy !== null}>
          {say(isBusy ? 'sendingNow' : 'termsGo')}
        </button>
        <button type="button" class="secondary" onClick={() => send({ type: 'leaveTerms' })}>
          {say('termsLeave')}
        </button>
      </div>
    </form>
  );
}
