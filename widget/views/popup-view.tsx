import type { ParleyScheduler } from '../elements/parley-scheduler.tsx';
import type { enPopup } from '../i18n/en-popup.ts';
import type { SayOf } from '../i18n/say.ts';
import { Icon } from '../parts/icon.tsx';

export interface PopupProps {
  readonly hasButton: boolean;
  readonly label: string;
  readonly hasScheduler: boolean;
  readonly say: SayOf<keyof typeof enPopup>;
  readonly open: () => void;
  readonly close: () => void;
  /** Called when the window itself says that it is shut: by Escape, by its button, by the page. */
  readonly closed: () => void;
  readonly prepare: (scheduler: ParleyScheduler | null) => void;
}

/** A button (unless the page brings its own) and a window with a scheduler in it, which lives only as long as it is open. */
export function PopupView({ hasButton, label, hasScheduler, say, open, close, closed, prepare }: PopupProps) {
  return (
    <>
      {hasButton ? (
        <button type="button" class="primary" part="button" aria-haspopup="dialog" onClick={open}>
          {label}
        </button>
      ) : null}
      <dialog
        part="dialog"
        aria-label={label}
        onClose={closed}
        onClick={(event) => {
          if (event.target === event.currentTarget) close();
        }}
      >
        <div class="bar">
          <button type="button" class="round" aria-label={say('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {hasScheduler ? <parley-scheduler ref={prepare} /> : null}
      </dialog>
    </>
  );
}
