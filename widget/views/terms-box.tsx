import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { State } from '../flow/state.ts';
import { Markdown } from '../parts/markdown.tsx';
import type { BookTools } from './tools.ts';

/** The notice that must be acknowledged, and its box: never ticked for the visitor. */
export function TermsBox(props: { readonly notice: CurrentNotice; readonly state: State; readonly tools: BookTools }) {
  const { notice, state, tools } = props;
  const { say, send } = tools;
  const issue = state.issues['acknowledgement'];
  return (
    <fieldset class={`terms ${notice.severity}`} part="terms">
      <legend>{say('terms')}</legend>
      <div class="terms-text" lang={notice.locale}>
        <Markdown text={notice.text} />
      </div>
      <label class="tick">
        <input
          id="acknowledgement"
          type="checkbox"
          checked={state.form.acknowledged}
          aria-invalid={issue ? 'true' : undefined}
          aria-describedby={issue ? 'acknowledgement-error' : undefined}
          aria-required="true"
          onChange={(event) => send({ type: 'tick', acknowledged: event.currentTarget.checked })}
        />
        <span lang={notice.locale} dir="auto">
          {notice.label}
        </span>
      </label>
      {issue ? (
        <p class="error" id="acknowledgement-error">
          {'text' in issue ? issue.text : say(issue.say)}
        </p>
      ) : null}
    </fieldset>
  );
}
