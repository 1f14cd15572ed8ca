import type { Finding } from '../../shared/contract/screen.ts';

/** Texts of one kind and the categories a reader would name in each of them, at medium confidence or above; none for an innocent text. */
export interface LabelledGroup {
  readonly topic: string;
  readonly expect: readonly Finding['category'][];
  readonly texts: readonly string[];
}
