import { Component, createRef } from 'preact';
import { Icon } from '../parts/icon.tsx';
import { cityOf, instantIn, knownZones, offsetLabel } from '../time/zones.ts';
import type { Tools } from './tools.ts';

interface Props {
  readonly zone: string;
  readonly nowMs: number;
  readonly tools: Tools;
  readonly onPick: (zone: string) => void;
}
interface Local {
  readonly isOpen: boolean;
  readonly query: string;
  readonly active: number;
}

/** Zones listed at once; typing narrows them down. */
const SHOWN = 60;

/** Says which zone the times are in, and lets the visitor search another one (an ARIA combobox with a list). */
export class ZonePicker extends Component<Props, Local> {
  private readonly box = createRef<HTMLDivElement>();
  override state: Local = { isOpen: false, query: '', active: 0 };

  override render({ zone, nowMs, tools }: Props, { isOpen }: Local) {
    const now = instantIn(zone, nowMs);
    const name = `${cityOf(zone)}, ${offsetLabel(now)}`;
    return (
      <div
        class="zone"
        part="zone"
        ref={this.box}
        onFocusOut={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) this.setState({ isOpen: false });
        }}
      >
        <Icon name="globe" />
        <span id="zone-label">{tools.say('timesShownIn')} </span>
        <button type="button" class="link" aria-expanded={isOpen} onClick={() => this.setState({ isOpen: !isOpen, query: '', active: 0 })}>
          <span class="hidden">{tools.say('changeZone')} </span>
          {name} · {tools.formats.time(now)}
          <Icon name="down" />
        </button>
        {isOpen ? this.list() : null}
      </div>
    );
  }

  override componentDidUpdate(_: Props, before: Local) {
    const box = this.box.current;
    if (this.state.isOpen && !before.isOpen) box?.querySelector('input')?.focus();
    box?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  private found(): string[] {
    const wanted = this.state.query.trim().toLowerCase().replaceAll(' ', '_');
    const zones = knownZones().filter((zone) => `${zone} ${cityOf(zone).replaceAll(' ', '_')}`.toLowerCase().includes(wanted));
    return zones.slice(0, SHOWN);
  }

  private list() {
    const { nowMs, tools } = this.props;
    const { query, active } = this.state;
    const zones = this.found();
    return (
      <div class="zones">
        <input
          class="control"
          role="combobox"
          aria-expanded="true"
          aria-controls="zone-list"
          aria-autocomplete="list"
          aria-activedescendant={zones.length > 0 ? `zone-${active}` : undefined}
          aria-label={tools.say('searchZone')}
          placeholder={tools.say('searchZone')}
          autocomplete="off"
          value={query}
          onInput={(event) => this.setState({ query: event.currentTarget.value, active: 0 })}
          onKeyDown={(event) => this.onKey(event, zones)}
        />
        <ul id="zone-list" role="listbox" aria-label={tools.say('searchZone')} tabIndex={-1}>
          {zones.map((zone, index) => {
            const now = instantIn(zone, nowMs);
            return (
              <li
                id={`zone-${index}`}
                key={zone}
                role="option"
                aria-selected={index === active}
                onPointerDown={(event) => this.pick(event, zone)}
              >
                <span>{cityOf(zone)}</span>
                <small>
                  {zone.split('/')[0]}, {offsetLabel(now)}
                </small>
                <span class="zone-now">{tools.formats.time(now)}</span>
              </li>
            );
          })}
        </ul>
        <p class={zones.length === 0 ? 'quiet' : 'hidden'} role="status">
          {zones.length === 0 ? tools.say('noZones') : tools.say('zonesFound', { count: zones.length })}
        </p>
      </div>
    );
  }

  private onKey(event: KeyboardEvent, zones: readonly string[]): void {
    const { active } = this.state;
    const chosen = zones[active];
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowDown') this.setState({ active: Math.min(active + 1, zones.length - 1) });
    else if (event.key === 'ArrowUp') this.setState({ active: Math.max(active - 1, 0) });
    else if (event.key === 'Enter' && chosen !== undefined) this.pick(event, chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(event: Event, zone: string): void {
    event.preventDefault();
    this.close();
    this.props.onPick(zone);
  }

  private close(): void {
    this.setState({ isOpen: false });
    this.box.current?.querySelector('button')?.focus();
  }
}
