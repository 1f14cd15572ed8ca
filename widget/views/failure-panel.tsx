import type { View } from '../flow/view-of.ts';
import { Icon } from '../parts/icon.tsx';
import type { Tools } from './tools.ts';

/** What went wrong, in plain words, with a way on where there is one. */
export function FailurePanel({ failure, tools }: { readonly failure: NonNullable<View['failure']>; readonly tools: Tools }) {
  return (
    <div class="banner warning" tabindex={-1} data-focus="failure" part="failure">
      <Icon name="warning" />
      <div>
        <p>{failure.text}</p>
        {failure.canRetry ? (
          <button type="button" class="secondary" onClick={() => tools.send({ type: 'retry' })}>
            {tools.say('tryAgain')}
          </button>
        ) : null}
      </div>
    </div>
  );
}
