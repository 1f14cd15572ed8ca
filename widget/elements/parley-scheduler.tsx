import { render } from 'preact';
import { impressionOf } from '../api/impressions.ts';
import { readRoomToken } from '../api/room-token.ts';
import { runEffect } from '../flow/effects.ts';
import { type Form, type Identity, initialState, type Purpose, type State } from '../flow/state.ts';
import { createStore, type Store } from '../flow/store.ts';
import schedulerCss from '../theme/scheduler.css?inline';
import { detectZone, instantIn, isKnownZone } from '../time/zones.ts';
import { SchedulerView } from '../views/scheduler-view.tsx';
import { ParleyElement } from './parley-element.ts';

/** A meeting that shall get a new time, with the token that may move it (a room token set as attribute needs none here). */
export interface RescheduleOf {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly manageToken?: string;
}

/** What a site knows about its visitor beforehand. */
export type Prefill = Partial<Omit<Form, 'acknowledged'>>;

/**
 * `<parley-scheduler>`: month, times, details, terms, done.
 *
 * Attributes: those of every element, and `event-type` (required), `duration` (minutes), `time-zone` (the visitor's own unless set),
 * `prefill-name`, `prefill-email`.
 * Properties: `prefill` (`name`, `email`, `phone`, `note`, `guests`, `answers`), `rescheduleOf` (a meeting to move instead of booking one).
 * Events: `parley:ready`, `parley:slot-select`, `parley:acknowledged`, `parley:booked`, `parley:rescheduled`, `parley:token-expired`, `parley:error`.
 * Parts: `card`, `info`, `calendar`, `day`, `day-selected`, `times`, `time`, `zone`, `details`, `clocks`, `terms`, `submit`, `done`, `failure`, `taken`.
 * CSS properties: `--parley-accent`, `--parley-on-accent`, `--parley-background`, `--parley-surface`, `--parley-text`, `--parley-muted`,
 * `--parley-border`, `--parley-radius`, `--parley-font`.
 */
export class ParleyScheduler extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'event-type', 'duration', 'time-zone'];

  /** A value set before the element was defined stands already there, and is kept. */
  prefill: Prefill = (this as { prefill?: Prefill }).prefill ?? {};
  private store: Store | null = null;
  private moving: RescheduleOf | null = null;
  private focused = 0;
  private readonly reconnect = () => this.store?.dispatch({ type: 'reconnected' });

  constructor() {
    super(schedulerCss);
    takeEarlyProperty(this, 'rescheduleOf');
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

  protected override start(): void {
    const eventTypeId = this.getAttribute('event-type');
    const { say, formats } = this.language();
    if (eventTypeId === null || !Object.values(this.credentials()).some(Boolean)) {
      render(<p class="banner warning">{say('setUp')}</p>, this.root);
      return;
    }
    const deps = {
      client: this.client,
      eventTypeId,
      locale: this.locale,
      impressionOf,
      tell: this.tell.bind(this),
    };
    const store = createStore(
      this.firstState(),
      (effect, dispatch) => void runEffect(deps, effect, dispatch),
      (state) => {
        this.paintBrand(state);
        render(<SchedulerView state={state} tools={{ say, formats, send: (event) => store.dispatch(event) }} />, this.root);
        this.moveFocus(state);
      },
    );
    this.store = store;
    addEventListener('online', this.reconnect);
    store.dispatch({ type: 'start' });
  }

  protected override stop(): void {
    const hold = this.store?.state.hold;
    if (hold) void this.client.release(hold.id);
    this.store?.close();
    this.store = null;
    this.focused = 0;
    removeEventListener('online', this.reconnect);
    render(null, this.root);
  }

  protected override changed(name: string): void {
    if (name === 'room-token' && this.store !== null) this.store.dispatch({ type: 'tokenRenewed', identity: this.identity() });
    else this.restart();
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
      identity: this.identity(),
      zone,
      today: instantIn(zone, nowMs).slice(0, 10),
      nowMs,
      durationMinutes: this.moving === null ? Number(this.getAttribute('duration')) || null : minutesOf(this.moving),
      form: {
        name: this.getAttribute('prefill-name') ?? '',
        email: this.getAttribute('prefill-email') ?? '',
        ...this.prefill,
      },
    });
  }

  private identity(): Identity | null {
    const token = readRoomToken(this.getAttribute('room-token'));
    return token && { name: token.name, hasEmail: Boolean(token.email) };
  }

  /** Through the CSSOM, which a policy against inline styles allows. */
  private paintBrand({ about }: State): void {
    if (about?.brand?.color) this.root.style.setProperty('--brand', about.brand.color);
  }

  private moveFocus({ focus }: State): void {
    if (focus === null || focus.count === this.focused) return;
    this.focused = focus.count;
    const selector = focus.target === 'issue' ? '[aria-invalid=true]' : `[data-focus=${focus.target}]`;
    this.root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: focus.target === 'day' });
  }
}

function minutesOf({ start, end }: RescheduleOf): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** A property set before the element was defined would hide the class's own; it is taken over instead. */
function takeEarlyProperty(element: HTMLElement, name: string): void {
  if (!Object.hasOwn(element, name)) return;
  const values = element as unknown as Record<string, unknown>;
  const value = values[name];
  delete values[name];
  values[name] = value;
}
