import type { Brand } from './message-data.ts';

/** A link whose target the reader sees as a button or as a word. */
export interface DocumentLink {
  readonly label: string;
  readonly url: string;
}

/** One fact under its label. `struck` no longer holds; `strong` is what the reader looks for first; `aside` stands below in small. */
export interface FactRow {
  readonly label: string;
  readonly value: string;
  readonly aside?: string;
  readonly look?: 'strong' | 'struck';
}

/**
 * The parts a message body is put together from, top to bottom. All texts are plain text, not HTML; the two writers escape them.
 * In `rows`, a value that is an https address becomes a link.
 */
export type Block =
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'rows'; readonly rows: readonly FactRow[] }
  | { readonly type: 'quote'; readonly label: string; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'notice'; readonly markdown: string }
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'button'; readonly link: DocumentLink }
  | { readonly type: 'links'; readonly label: string; readonly links: readonly DocumentLink[] };

/** One message before it is written as HTML and as text. */
export interface MessageDocument {
  readonly brand: Brand;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly subject: string;
  readonly heading: string;
  readonly lead: string;
  readonly blocks: readonly Block[];
  readonly footer: readonly string[];
}
