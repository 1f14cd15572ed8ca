import type { Scripted, ScriptedCall } from './scripted-answers.ts';

/**
 * What a person would do, one after the other; selectors are looked up through shadow roots. `see` waits for something, `offline` cuts the
 * connection, `hurry` shortens the widget's own patience, `call` calls a method of an element, `give` gives a field for files one with that text.
 */
export type GalleryStep =
  | readonly ['click' | 'see' | 'focus', string]
  | readonly ['fill' | 'call' | 'give', string, string]
  | readonly ['offline']
  | readonly ['hurry'];

export interface GalleryState {
  /** Its address: `/dev/widget?state=NAME`. */
  readonly name: string;
  readonly title: string;
  /** Markup of the page; `own` are the attributes that every element of it gets. */
  readonly body: (own: string) => string;
  readonly steps: readonly GalleryStep[];
  /** Answers that differ from the usual ones. */
  readonly answers?: Readonly<Partial<Record<ScriptedCall, Scripted>>>;
  /** Calls that are never answered. */
  readonly silent?: readonly ScriptedCall[];
  /** What the page takes the time to be, unless the usual one. */
  readonly now?: string;
}

export interface GalleryGroup {
  readonly title: string;
  readonly states: readonly GalleryState[];
}
