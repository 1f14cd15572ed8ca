import { render } from 'preact';
import type { Role } from '../../shared/contract/common.ts';
import { loadModule } from '../api/load-module.ts';
import { loadTimes } from '../flow/load-times.ts';
import { type FlowEvent, initialState, type Prefill, type Purpose, type State } from '../flow/state.ts';
import { createStore, type Store } from '../flow/store.ts';
import type { View } from '../flow/view-of.ts';
import { transition } from '../flow/transition.ts';
import type { BookPart } from '../views/book-part.tsx';
import schedulerCss from '../theme/scheduler.css?inline';
import { dateIn, detectZone, isKnownZone } from '../time/zones.ts';
import { SchedulerView } from '../views/scheduler-view.tsx';
import { ParleyElement } from './parley-element.ts';
import type { Popup } from './popup.tsx';

/** A meeting that shall get a new time, with the token that may move it (a room token set as attribute needs none here). */
export interface RescheduleOf {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly manageToken?: string;
  /** Whose manage token it is; hosts need not give a reason. */
  readonly role?: Role | undefined;
}

/**
 * `<parley-scheduler>`: month, times, details, terms, done.
 *
 * Attributes: those of every element, and `event-type` (required), `duration` (minutes), `time-zone` (the visitor's own unless set),
 * `prefill-name`, `prefill-email`, `mode` (`inline`; `button`: a button that opens a window; `popup`: a window that `open()` opens), `label` (of
 * that button and window), `redirect-url` (where to go after booking: an address of the page's own origin, or of one of the tenant's origins).
 * Properties: `prefill` (`name`, `email`, `phone`, `note`, `guests`, `answers`), `rescheduleOf` (a meeting to move instead of booking one).
 * Methods: `open()`, `close()`.
 * Events: `parley:ready`, `parley:slot-select`, `parley:acknowledged`, `parley:booked`, `parley:rescheduled`, `parley:token-expired`, `parley:error`.
 * Parts: `card`, `info`, `calendar`, `day`, `day-selected`, `times`, `time`, `zone`, `details`, `clocks`, `terms`, `submit`, `done`, `failure`, `taken`, `own-calendar`, `button`, `dialog`.
 * CSS properties: `--parley-accent`, `--parley-on-accent`, `--parley-background`, `--parley-surface`, `--parley-text`, `--parley-muted`,
 * `--parley-border`, `--parley-radius`, `--parley-font`.
 */
export class ParleyScheduler extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'event-type', 'duration', 'time-zone', 'mode'];

  /** A value set before the element was defined stands already there, and is kept. */
  prefill: Prefill = (this as { prefill?: Prefill }).prefill ?? {};
  private store: Store | null = null;
  private moving: RescheduleOf | null = null;
  private focused = 0;
  private later: BookPart | null = null;
  private popup: Promise<Popup> | null = null;
  private readonly waiting: FlowEvent[] = [];
  private readonly send = (event: FlowEvent) => this.store?.dispatch(event);
  private readonly reconnect = () => this.send({ type: 'reconnected' });

  constructor() {
    super(schedulerCss);
    // A property set before the element was defined would hide the class's own; it is taken over instead.
    const early = this.rescheduleOf;
    delete (this as { rescheduleOf?: RescheduleOf | null }).rescheduleOf;
    this.moving = early;
  }

  get rescheduleOf(): RescheduleOf | null {
    return this.moving;
  }

  set rescheduleOf(meeting: RescheduleOf | null) {
    this.moving = meeting;
    if (this.isRunning) this.restart();
  }

  protected override credentials() {
    const manageToken = this.moving?.manageToken;
    return manageToken === undefined ? super.credentials() : { manageToken };
  }

  /** Opens the window, in the modes `button` and `popup`. */
  async open(): Promise<void> {
    (await this.popup)?.open();
  }

  /** Shuts it again. */
  async close(): Promise<void> {
    (await this.popup)?.close();
  }

  protected override start(): void {
    if ((this.getAttribute('mode') ?? 'inline') !== 'inline') {
      this.popup = loadModule<typeof import('../on-demand/page.ts')>('page').then(({ createPopup }) =>
        createPopup(this, { root: this.root, addSheets: this.addSheets.bind(this), language: (tables) => this.language(tables) }),
      );
      return;
    }
    const eventTypeId = this.getAttribute('event-type');
    if (eventTypeId === null || !Object.values(this.credentials()).some(Boolean)) {
      this.redraw();
      return;
    }
    const deps = { host: this, call: this.call, eventTypeId, locale: () => this.locale, tell: this.tell.bind(this) };
    const store = createStore(
      this.firstState(),
      (state, event) => (this.later?.transition ?? transition)(state, event),
      (effect, dispatch) => {
        if (effect.type === 'load') void loadTimes(deps, effect, dispatch);
        else if (effect.type === 'tell') this.tell(effect.name, effect.detail);
        else if (effect.type === 'fetchPart') void this.fetchLater(effect.next);
        else void this.later?.run(deps, effect, dispatch);
      },
      (state) => this.draw(state),
    );
    this.store = store;
    addEventListener('online', this.reconnect);
    store.dispatch({ type: 'start' });
  }

  protected override redraw(): void {
    if (this.store) this.draw(this.store.state);
    else if (this.popup) void this.popup.then((popup) => popup.redraw());
    else render(<p class="banner warning">{this.language().say('setUp')}</p>, this.root);
  }

  private draw(state: State): void {
    const { later } = this;
    this.paintBrand(state);
    const tools = { ...this.language(later?.tables), send: this.send };
    const bound = later && {
      further: (now: State) => later.further(now, tools),
      draw: (now: State, failure: View['failure']) => later.draw(now, tools, failure),
    };
    render(<SchedulerView state={state} tools={tools} later={bound} />, this.root);
    if (later) this.focused = later.moveFocus(this.root, state, this.focused);
  }

  /** `next` is what waits for the code; it is done when that has arrived, at once when it is there already. */
  private async fetchLater(next: FlowEvent | null): Promise<void> {
    const { store } = this;
    if (next !== null) this.waiting.push(next);
    try {
      const { part } = await loadModule<{ part: BookPart }>('book');
      if (store !== this.store) return;
      if (this.later === null) {
        this.later = part;
        this.addSheets(...part.sheets);
        this.send(part.arrived(this));
      }
      for (const event of this.waiting.splice(0)) this.send(event);
    } catch {
      // Nobody waits for what was only fetched ahead.
      if (this.waiting.length > 0)
        this.send({ type: 'partFailed', failure: { ok: false, code: navigator.onLine ? 'unreachable' : 'offline' } });
    }
  }

  protected override stop(): void {
    const hold = this.store?.state.hold;
    if (hold) void this.call('DELETE', `/v1/holds/${hold.id}`);
    this.store?.close();
    this.store = null;
    this.focused = 0;
    this.later = null;
    this.waiting.length = 0;
    void this.popup?.then((popup) => popup.stop());
    this.popup = null;
    removeEventListener('online', this.reconnect);
    render(null, this.root);
  }

  protected override changed(name: string): void {
    if (name === 'room-token' && this.store !== null) this.send({ type: 'tokenRenewed', token: this.getAttribute('room-token') });
    else if (name !== 'lang' && (this.popup === null || name === 'mode')) this.restart();
  }

  private restart(): void {
    this.stop();
    this.start();
  }

  private firstState(): State {
    const stated = this.getAttribute('time-zone');
    const zone = stated !== null && isKnownZone(stated) ? stated : detectZone();
    const nowMs = Date.now();
    const purpose: Purpose =
      this.moving === null ? { kind: 'book' } : { kind: 'move', bookingId: this.moving.id, start: this.moving.start, end: this.moving.end };
    return initialState({
      purpose,
      zone,
      today: dateIn(zone, nowMs),
      nowMs,
      durationMinutes: this.moving === null ? Number(this.getAttribute('duration')) || null : minutesOf(this.moving),
    });
  }

  /** Through the CSSOM, which a policy against inline styles allows. */
  private paintBrand({ about }: State): void {
    if (about?.brand?.color) this.root.style.setProperty('--brand', about.brand.color);
  }
}

function minutesOf({ start, end }: RescheduleOf): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}
