/** The one global name the widget takes. */
export interface ParleyGlobal {
  readonly version: string;
  /** For Parley's own later modules only; not part of the public interface. */
  readonly modules: readonly unknown[];
}

declare global {
  interface Window {
    Parley?: ParleyGlobal;
  }
}
