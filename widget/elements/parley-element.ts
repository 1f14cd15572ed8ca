import { type Caller, createCaller } from '../api/caller.ts';
import { apiBase } from '../api/script-base.ts';
import type { Told } from '../flow/effect.ts';
import { en } from '../i18n/en.ts';
import { createFormats, type Formats } from '../i18n/formats.ts';
import { createSay, type KeyOf, type SayOf, type SomeWords, type Tables, type TextKey } from '../i18n/say.ts';
import { languageOf } from '../i18n/language-of.ts';
import { wordsFor } from '../i18n/words-for.ts';
import { sheetsFor } from '../theme/sheets.ts';

/** So long the words of a language may keep an answer waiting; then it is given in English. */
const PATIENCE_MS = 4000;

/** What stands where a word will be: nothing to see, as high as a line. */
const UNSAID = '\u00a0';

/**
 * What every Parley element shares: shadow root, language, client and events.
 *
 * Attributes: `publishable-key`, `room-token`, `api-base` (the script's origin unless set), `lang` (that of the page around it unless set),
 * `theme` (`light` or `dark`; follows the reader's system unless set).
 */
export abstract class ParleyElement extends HTMLElement {
  static observedAttributes = ['publishable-key', 'room-token', 'api-base', 'lang', 'locale'];

  protected readonly root: HTMLElement;
  private readonly shadow: ShadowRoot;
  protected readonly call: Caller;
  protected isRunning = false;
  /** How dates and times are written; the words are `undefined` while they are on their way, `null` for English. */
  private formats!: Formats;
  private words: SomeWords | undefined;
  private learned: Promise<unknown> | undefined;
  private wanted: string | undefined;

  constructor(...sheets: readonly string[]) {
    super();
    this.shadow = this.attachShadow({ mode: 'open' });
    this.addSheets(...sheets);
    this.root = document.createElement('div');
    this.root.className = 'root';
    this.shadow.append(this.root);
    const call = createCaller({ base: () => apiBase(this.getAttribute('api-base')), credentials: () => this.credentials() });
    // The words come beside the answer; what is drawn with it has them, so that nothing moves or changes its language.
    this.call = async <T>(...request: Parameters<Caller>) => {
      const answer = call<T>(...request);
      await this.learned;
      return answer;
    };
  }

  /** Begins drawing and asking. Called once per stay in the document. */
  protected abstract start(): void;
  /** Leaves the document for good. */
  protected abstract stop(): void;
  /** Draws once more what is shown, because the language is another. */
  protected abstract redraw(): void;
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
    const stated = this.getAttribute('locale') || langAround(this) || navigator.language;
    try {
      return new Intl.Locale(stated).toString();
    } catch {
      return 'en';
    }
  }

  /** The words of the first script, and an element's own beside them. */
  protected language<T extends Tables = { readonly first: typeof en }>(
    own?: T,
  ): { readonly say: SayOf<TextKey | KeyOf<T>>; readonly formats: Formats } {
    const { words, formats } = this;
    const say = createSay(formats.locale, { first: en, ...own }, words);
    return { say: words === undefined ? () => UNSAID : (say as SayOf<TextKey | KeyOf<T>>), formats };
  }

  /** An element that says more than the first module of a language holds fetches that too. */
  protected fetchWords(language: string): Promise<SomeWords> {
    return wordsFor(language);
  }

  /** Fetches the reader's language, where it is not English. What is spoken stays until the words are there. */
  private learn(): void {
    const locale = (this.wanted = this.locale);
    const language = languageOf(locale);
    if (!language || !this.isRunning) this.speak(locale, language ? undefined : null);
    if (!language) return;
    this.learned = this.hear(locale, language);
  }

  private async hear(locale: string, language: string): Promise<void> {
    const patience = new Promise<null>((end) => {
      setTimeout(end, PATIENCE_MS, null);
    });
    const words = await Promise.race([this.fetchWords(language), patience]);
    if (locale !== this.wanted) return;
    this.speak(locale, words);
    if (this.isRunning) this.redraw();
  }

  /** Words and dates must agree: where the words are English, so are the dates, in the reader's own kind of English. */
  private speak(locale: string, words: SomeWords | undefined): void {
    const formats = createFormats(words === null && !locale.startsWith('en') ? 'en' : locale);
    this.words = words;
    this.formats = formats;
    this.root.lang = formats.locale;
    this.root.dir = formats.direction;
  }

  protected tell<name extends keyof Told>(name: name, detail: Told[name]): void {
    this.dispatchEvent(new CustomEvent(`parley:${name}`, { detail, bubbles: true, composed: true }));
  }

  connectedCallback(): void {
    if (this.isRunning) return;
    this.learn();
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
    if (!this.isRunning) return;
    if (name[0] === 'l') this.follow();
    // A token set anew is a wish to try again, also when it is the same.
    else if (before !== after || name === 'room-token') this.changed(name);
  }

  /** Speaks another language when the one stated, by the element or the page around, has changed. */
  follow(): void {
    if (this.wanted === this.locale) return;
    this.learn();
    this.redraw();
    this.changed('lang');
  }
}

/** The nearest language stated, also around the shadow tree that an element stands in; empty where none is. What one of ours speaks states nothing. */
function langAround(element: Element): string {
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  const stated = host instanceof ParleyElement ? '' : element.closest('[lang]')?.getAttribute('lang');
  return stated || (host ? langAround(host) : '');
}
