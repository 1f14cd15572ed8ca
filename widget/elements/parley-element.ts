import { type Caller, createCaller } from '../api/caller.ts';
import { apiBase } from '../api/script-base.ts';
import type { Told } from '../flow/effect.ts';
import { en } from '../i18n/en.ts';
import { createFormats, type Formats } from '../i18n/formats.ts';
import { createSay, type SayOf, type Table, type TextKey } from '../i18n/say.ts';
import { sheetsFor } from '../theme/sheets.ts';

/**
 * What every Parley element shares: shadow root, language, client and events.
 *
 * Attributes: `publishable-key`, `room-token`, `api-base` (the script's origin unless set), `lang` (the page's unless set),
 * `theme` (`light` or `dark`; follows the reader's system unless set).
 */
export abstract class ParleyElement extends HTMLElement {
  static observedAttributes = ['publishable-key', 'room-token', 'api-base', 'lang'];

  protected readonly root: HTMLElement;
  private readonly shadow: ShadowRoot;
  protected readonly call: Caller;
  protected isRunning = false;

  constructor(...sheets: readonly string[]) {
    super();
    this.shadow = this.attachShadow({ mode: 'open' });
    this.addSheets(...sheets);
    this.root = document.createElement('div');
    this.root.className = 'root';
    this.shadow.append(this.root);
    this.call = createCaller({ base: () => apiBase(this.getAttribute('api-base')), credentials: () => this.credentials() });
  }

  /** Begins drawing and asking. Called once per stay in the document. */
  protected abstract start(): void;
  /** Leaves the document for good. */
  protected abstract stop(): void;
  /** One observed attribute changed while running. */
  protected abstract changed(name: string): void;

  /** For code that arrives later with looks of its own; adding the same twice changes nothing. */
  protected addSheets(...sheets: readonly string[]): void {
    const { adoptedStyleSheets: worn } = this.shadow;
    this.shadow.adoptedStyleSheets = [...new Set([...worn, ...sheetsFor(...sheets)])];
  }

  protected credentials(): { publishableKey?: string | null; roomToken?: string | null; manageToken?: string | null } {
    return { publishableKey: this.getAttribute('publishable-key'), roomToken: this.getAttribute('room-token') };
  }

  protected get locale(): string {
    const stated = this.getAttribute('lang') || this.closest('[lang]')?.getAttribute('lang') || navigator.language;
    try {
      return new Intl.Locale(stated).toString();
    } catch {
      return 'en';
    }
  }

  /** The words of the first script, and an element's own beside them. */
  protected language<Key extends string = never>(own?: Table<Key>): { readonly say: SayOf<TextKey | Key>; readonly formats: Formats } {
    // Words and dates must agree: as long as the words are English, so are the dates, in the reader's own kind of English.
    const locale = this.locale.startsWith('en') ? this.locale : 'en';
    return { say: createSay(locale, { ...en, ...own } as Table<TextKey | Key>), formats: createFormats(locale) };
  }

  protected tell<name extends keyof Told>(name: name, detail: Told[name]): void {
    this.dispatchEvent(new CustomEvent(`parley:${name}`, { detail, bubbles: true, composed: true }));
  }

  connectedCallback(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.start();
  }

  /** Moving an element within the page removes and inserts it in one go; only a stay outside ends it. */
  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected || !this.isRunning) return;
      this.isRunning = false;
      this.stop();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    // A token set anew is a wish to try again, also when it is the same.
    if (this.isRunning && (before !== after || name === 'room-token')) this.changed(name);
  }
}
