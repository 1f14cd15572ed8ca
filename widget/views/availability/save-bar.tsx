import { hasChanges } from '../../flow/availability/changes.ts';
import { Icon } from '../../parts/icon.tsx';
import { textOf } from './failure-text.ts';
import { changeText } from './change-text.ts';
import type { SettingsTools } from './settings-tools.ts';

/** Says whether everything is saved and what saving would change, and saves. */
export function SaveBar(tools: SettingsTools) {
  const { state, say, actions } = tools;
  const { settings, draft, saving } = state;
  const isChanged = settings !== null && draft !== null && hasChanges(settings, draft);
  const effect = isChanged ? changeText(tools) : null;
  return (
    <div class="save-bar" part="save">
      <Trouble {...tools} />
      <div class="save-row">
        <div class="save-state" role="status">
          <p>
            {saving === 'busy' ? (
              say('saving')
            ) : isChanged ? (
              <>
                <span class="dot" aria-hidden="true" /> {say('unsaved')}
              </>
            ) : saving === 'saved' ? (
              <span class="saved">
                <Icon name="check" /> {say('saved')}
              </span>
            ) : null}
          </p>
          {effect === null ? null : <p class="effect">{effect}</p>}
        </div>
        {isChanged ? (
          <button type="button" class="link" onClick={actions.discard}>
            {say('undo')}
          </button>
        ) : null}
        <button
          type="button"
          class="primary"
          id="save"
          aria-disabled={!isChanged || saving === 'busy'}
          onClick={() => isChanged && actions.save()}
        >
          {say(saving === 'busy' ? 'saving' : 'save')}
        </button>
      </div>
    </div>
  );
}

function Trouble({ state, say, actions, wrong }: SettingsTools) {
  if (state.saving === 'conflict')
    return (
      <div class="banner warning" role="alert">
        <Icon name="warning" />
        <div>
          <p>{say('conflict')}</p>
          <div class="row">
            <button type="button" class="secondary" onClick={actions.loadTheirs}>
              {say('loadTheirs')}
            </button>
            <button type="button" class="secondary" onClick={actions.keepMine}>
              {say('keepMine')}
            </button>
          </div>
        </div>
      </div>
    );
  const { saveFailure } = state;
  if (wrong === 0 && saveFailure === null) return null;
  const other = state.refused['']?.values?.['detail'];
  return (
    <div class="banner warning" role="alert">
      <Icon name="warning" />
      <div>
        <p>
          {wrong > 0
            ? say('checkFields', { count: wrong })
            : other === undefined
              ? `${say(textOf(saveFailure?.code ?? 'unreachable'))} ${say('notSaved')}`
              : say('notAccepted', { detail: other })}
        </p>
      </div>
    </div>
  );
}
