import { render } from 'preact';
import { createFormats } from '../i18n/formats.ts';
import { enZones } from '../i18n/en-zones.ts';
import { createSay, type SomeWords } from '../i18n/say.ts';
import { languageOf } from '../i18n/language-of.ts';
import { wordsFor } from '../i18n/words-for.ts';
import { sheetsFor } from '../theme/sheets.ts';
import fieldsCss from '../theme/fields.css?inline';
import zonesCss from '../theme/zones.css?inline';
import { instantIn } from '../time/instants.ts';
import { cityOf, offsetLabel } from '../time/zones.ts';

/** Zones listed at once; typing narrows them down. */
const SHOWN = 60;

/**
 * `<parley-zone-search>`: a list of time zones to search, an ARIA combobox. Used inside the scheduler only.
 * Events (they stay inside): `pick` with the zone as detail, `close`.
 */
export class ParleyZoneSearch extends HTMLElement {
  private readonly root = document.createElement('div');
  private query = '';
  private active = 0;
  private words: SomeWords = null;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = sheetsFor(fieldsCss, zonesCss);
    this.root.className = 'root';
    shadow.append(this.root);
    this.addEventListener('focusout', ({ relatedTarget }) => {
      // With the window itself in the background the list stays.
      if (relatedTarget !== null) this.dispatchEvent(new CustomEvent('close'));
    });
  }

  async connectedCallback(): Promise<void> {
    // The scheduler around speaks the language already, so its words are at hand.
    const language = languageOf(this.lang);
    if (language) this.words = await wordsFor(language);
    this.root.lang = this.lang;
    this.root.dir = createFormats(this.lang || 'en').direction;
    this.draw();
    this.root.querySelector('input')?.focus();
  }

  private draw(): void {
    const locale = this.lang || 'en';
    const say = createSay(locale, { zones: enZones }, this.words);
    const formats = createFormats(locale);
    const zones = findZones(this.query);
    const nowMs = Date.now();
    render(
      <div class="zones">
        <input
          class="control"
          role="combobox"
          aria-expanded="true"
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant={zones.length > 0 ? `zone-${this.active}` : undefined}
          aria-label={say('search')}
          placeholder={say('search')}
          autocomplete="off"
          spellcheck={false}
          value={this.query}
          onInput={(event) => {
            this.query = event.currentTarget.value;
            this.active = 0;
            this.draw();
          }}
          onKeyDown={(event) => this.onKey(event, zones)}
        />
        <ul id="list" role="listbox" aria-label={say('search')}>
          {zones.map((zone, index) => {
            const now = instantIn(zone, nowMs);
            return (
              <li
                id={`zone-${index}`}
                role="option"
                aria-selected={index === this.active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => this.pick(zone)}
              >
                <span>{cityOf(zone)}</span>
                <small>
                  {zone.split('/')[0]}, {offsetLabel(now)}
                </small>
                <span class="zone-now">{formats.time(now)}</span>
              </li>
            );
          })}
        </ul>
        <p class={zones.length === 0 ? 'quiet' : 'hidden'} role="status">
          {zones.length === 0 ? say('none') : say('found', { count: zones.length })}
        </p>
      </div>,
      this.root,
    );
    this.root.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  private onKey(event: KeyboardEvent, zones: readonly string[]): void {
    const { active } = this;
    const chosen = zones[active];
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('close'));
    else if (event.key === 'ArrowDown') this.active = Math.min(active + 1, zones.length - 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(active - 1, 0);
    else if (event.key === 'Enter' && chosen !== undefined) this.pick(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  private pick(zone: string): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: zone }));
  }
}

function findZones(query: string): string[] {
  const wanted = query.trim().toLowerCase();
  return Intl.supportedValuesOf('timeZone')
    .filter((zone) => `${zone.replaceAll('_', ' ')} ${cityOf(zone)}`.toLowerCase().includes(wanted))
    .slice(0, SHOWN);
}
