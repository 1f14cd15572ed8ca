/** The one global name the widget takes. */
export interface ParleyGlobal {
  readonly version: string;
  /** Where the first script was loaded from. */
  readonly scriptUrl: string;
}

declare global {
  interface Window {
    Parley?: ParleyGlobal;
  }
}
