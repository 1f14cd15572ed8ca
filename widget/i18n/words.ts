import type { en } from './en.ts';
import type { enBook } from './en-book.ts';
import type { enClocks } from './en-clocks.ts';
import type { enManage } from './en-manage.ts';
import type { enOwn } from './en-own.ts';
import type { enPopup } from './en-popup.ts';
import type { enTerms } from './en-terms.ts';
import type { enTrouble } from './en-trouble.ts';
import type { enZones } from './en-zones.ts';
import type { Table } from './say.ts';

/** What a language says where English says the same: one table for each of ours. Complete, or it does not compile. */
export interface Words {
  readonly first: Table<keyof typeof en>;
  readonly clocks: Table<keyof typeof enClocks>;
  readonly terms: Table<keyof typeof enTerms>;
  readonly book: Table<keyof typeof enBook>;
  readonly own: Table<keyof typeof enOwn>;
  readonly popup: Table<keyof typeof enPopup>;
  readonly zones: Table<keyof typeof enZones>;
  readonly trouble: Table<keyof typeof enTrouble>;
  readonly manage: Table<keyof typeof enManage>;
}
