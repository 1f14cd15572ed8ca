import type { ParleyScheduler } from './elements/parley-scheduler.tsx';

/** The one global name the widget takes. */
export interface ParleyGlobal {
  readonly version: string;
  /** Opens a scheduler in a window over the page; `attributes` are those of `<parley-scheduler>`. Resolves with the element, once it is open. */
  open(attributes: Readonly<Record<string, string>>): Promise<ParleyScheduler>;
  /** Gives every element of the page a new room token. */
  renewTokens(token: string): Promise<void>;
  /** For Parley's own later modules only; not part of the public interface. */
  readonly modules: readonly unknown[];
}

declare global {
  interface Window {
    Parley?: ParleyGlobal;
  }
}
