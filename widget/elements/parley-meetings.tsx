import { render } from 'preact';
import type { Booking } from '../../shared/contract/booking.ts';
import { clientOf } from '../api/client.ts';
import { readerOf, readRoomToken } from '../api/room-token.ts';
import { runMeetingsEffect } from '../flow/meetings-effects.ts';
import type { MeetingsEvent } from '../flow/meetings-event.ts';
import { callOf } from '../flow/meetings-groups.ts';
import { initialMeetings, type MeetingsState } from '../flow/meetings-state.ts';
import { meetingsTransition } from '../flow/meetings-transition.ts';
import { watchMeetings } from '../flow/meetings-watch.ts';
import { elementWords } from '../i18n/element-words.ts';
import { enClocks } from '../i18n/en-clocks.ts';
import { enMeetings } from '../i18n/en-meetings.ts';
import { enTrouble } from '../i18n/en-trouble.ts';
import type { SomeWords } from '../i18n/say.ts';
import bookCss from '../theme/book.css?inline';
import fieldsCss from '../theme/fields.css?inline';
import meetingsCss from '../theme/meetings.css?inline';
import noticeCss from '../theme/notice.css?inline';
import proposeCss from '../theme/propose.css?inline';
import { dateIn, detectZone, isKnownZone } from '../time/zones.ts';
import type { MeetingsTools } from '../views/meetings-tools.ts';
import { MeetingsView } from '../views/meetings-view.tsx';
import { CallTroubleFlow } from './call-trouble.ts';
import { ParleyElement } from './parley-element.ts';
import type { ParleyScheduler } from './parley-scheduler.tsx';

const tables = { clocks: enClocks, trouble: enTrouble, meetings: enMeetings };

/**
 * `<parley-meetings>`: the meetings of a room, for either side of it: requests to decide, times to pick from, what is coming, what waits for the
 * other side, and the last seven days. Everything one may do about them is done here: confirm, decline, reschedule, cancel, guests, offer times
 * (up to ten), ask for other times, take an offer back, report call trouble; for a host also a private note, and that nobody came.
 *
 * It asks again every 20 seconds while it can be seen. With a host's token that names no room it shows all meetings of that host.
 *
 * Attributes: those of every element (`publishable-key` and `room-token` are needed), and `event-type` (the kinds of meeting times may be offered
 * for, separated by spaces; those of the meetings shown unless set), `time-zone` (the reader's own unless set), `other-name` (how the other side
 * is called where no meeting tells it).
 * Methods: `refresh()`, `offerTimes(eventType?)` (opens the form that offers times).
 * Events: `parley:meetings-changed` (detail: `bookings` and `proposals` as they are now; also after the first look), `parley:booked` (a time was
 * picked), `parley:cancelled`, `parley:rescheduled`, `parley:reschedule` (a person wants another time; the detail is the meeting, and
 * `preventDefault()` keeps the element from showing its own times), `parley:acknowledged`, `parley:incident`, `parley:token-expired`, `parley:error`.
 * Parts: `meetings`, `entry`, `empty`, `propose`, `submit`, `terms`, `trouble`, `failure`.
 */
export class ParleyMeetings extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'event-type', 'time-zone', 'other-name'];

  private state: MeetingsState = initialMeetings('invitee');
  private who = '';
  private focused = 0;
  /** Raised by every start: answers to an earlier one change nothing. */
  private run = 0;
  private unwatch: (() => void) | null = null;
  private readonly client = clientOf(this.call);
  private readonly trouble = new CallTroubleFlow({
    client: this.client,
    locale: () => this.locale,
    bookingId: () => callOf(this.state.bookings, Date.now())?.id ?? null,
    draw: () => this.draw(),
    askToMove: (booking) => {
      this.move(booking);
      return false;
    },
    prepareMove: () => {},
    recorded: (incident) => this.tell('incident', incident),
  });

  constructor() {
    super(fieldsCss, bookCss, noticeCss, meetingsCss, proposeCss);
    this.addEventListener('parley:rescheduled', (event) => {
      if (event.composedPath()[0] !== this) this.send({ type: 'moved', booking: (event as CustomEvent<Booking>).detail });
    });
  }

  /** Looks again at once. */
  refresh(): void {
    if (this.isRunning) this.send({ type: 'outdated' });
  }

  /** Opens the form that offers times, for this kind of meeting or the first that may be offered. */
  offerTimes(eventType: string | undefined = this.offered[0]): void {
    if (this.isRunning && eventType !== undefined) this.send({ type: 'openPropose', eventTypeId: eventType, today: this.today });
  }

  protected override start(): void {
    const token = readRoomToken(this.getAttribute('room-token'));
    this.run += 1;
    this.who = this.whoIs;
    this.state = initialMeetings(token?.role === 'host' ? 'host' : 'invitee');
    this.focused = 0;
    this.trouble.reset();
    this.draw();
    if (!this.isSetUp) return;
    this.unwatch = watchMeetings(
      this,
      () => this.watched(),
      () => this.refresh(),
    );
    this.send({ type: 'refresh' });
  }

  protected override stop(): void {
    this.run += 1;
    this.unwatch?.();
    this.unwatch = null;
    this.trouble.reset();
    render(null, this.root);
  }

  protected override changed(name: string): void {
    // A renewed token is the same reader's: the list, and whatever is typed in it, stays.
    if (name === 'room-token' && this.who === this.whoIs && this.unwatch !== null) {
      this.root.querySelector('parley-scheduler')?.setAttribute(name, this.getAttribute(name) ?? '');
      this.refresh();
    } else if (name === 'room-token' || name === 'publishable-key' || name === 'api-base') {
      this.stop();
      this.start();
    } else this.draw();
  }

  private get isSetUp(): boolean {
    return Boolean(this.getAttribute('publishable-key') && this.getAttribute('room-token'));
  }

  private get whoIs(): string {
    return readerOf(this.getAttribute('room-token'));
  }

  private get zone(): string {
    const stated = this.getAttribute('time-zone');
    return stated !== null && isKnownZone(stated) ? stated : detectZone();
  }

  private get today(): string {
    return dateIn(this.zone, Date.now());
  }

  /** Offers are made in a room. */
  private get offered(): readonly string[] {
    if (!readRoomToken(this.getAttribute('room-token'))?.room) return [];
    const stated = this.getAttribute('event-type')?.split(/\s+/).filter(Boolean) ?? [];
    if (stated.length > 0) return stated;
    return Object.values(this.state.eventTypes).flatMap((one) => (one?.active ? [one.id] : []));
  }

  /** An expired token stays expired: only a new one, or the reader, asks again. */
  private watched(): void {
    const code = this.state.failure?.code;
    if (code === 'token_expired' || code === 'unauthenticated') this.draw();
    else this.send({ type: 'refresh' });
  }

  private readonly send = (event: MeetingsEvent): void => {
    const { run } = this;
    const [next, ...effects] = meetingsTransition(this.state, event);
    this.state = next;
    this.draw();
    const deps = { call: this.call, locale: () => this.locale, zone: () => this.zone, tell: this.tell.bind(this) };
    for (const effect of effects) void runMeetingsEffect(deps, effect, (answer) => run === this.run && this.send(answer));
  };

  private move(booking: Booking): void {
    const asked = new CustomEvent('parley:reschedule', { detail: booking, bubbles: true, composed: true, cancelable: true });
    if (this.dispatchEvent(asked)) this.send({ type: 'open', id: booking.id, mode: 'move' });
  }

  /** The scheduler inside acts for the same reader. */
  private prepareMove(scheduler: ParleyScheduler | null): void {
    const { open, bookings } = this.state;
    const booking = bookings.find(({ id }) => id === open?.id);
    if (booking === undefined || scheduler === null) return;
    for (const name of ['publishable-key', 'room-token', 'api-base', 'lang', 'locale', 'theme']) {
      const value = this.getAttribute(name);
      if (value !== null) scheduler.setAttribute(name, value);
    }
    scheduler.setAttribute('time-zone', this.zone);
    scheduler.rescheduleOf = { id: booking.id, start: booking.start, end: booking.end };
  }

  protected override fetchWords(language: string): Promise<SomeWords> {
    return elementWords(language, 'meetings');
  }

  protected override redraw(): void {
    this.draw();
  }

  private readonly prepare = (scheduler: ParleyScheduler | null) => this.prepareMove(scheduler);

  private draw(): void {
    const { state, trouble } = this;
    const { say, formats } = this.language(tables);
    if (!this.isSetUp) {
      render(<p class="banner warning">{say('setUpMeetings')}</p>, this.root);
      return;
    }
    const tools: MeetingsTools = {
      state,
      say,
      formats,
      zone: this.zone,
      nowMs: Date.now(),
      otherName: this.getAttribute('other-name') || nameIn(state) || say('otherSide'),
      offered: this.offered,
      send: this.send,
      move: (booking) => this.move(booking),
      prepareMove: this.prepare,
      trouble,
    };
    render(<MeetingsView tools={tools} />, this.root);
    this.moveFocus();
  }

  /** Puts the keyboard where the last event wished it, once. */
  private moveFocus(): void {
    const { focus } = this.state;
    if (focus === null || focus.count === this.focused) return;
    this.focused = focus.count;
    const wanted = [focus.target, 'form', 'title'].map((name) =>
      this.root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`),
    );
    const found = wanted.find((element) => element !== null);
    found?.focus();
    // What is asked stands in sight with its buttons, not with its heading alone.
    found?.closest('form')?.scrollIntoView({ block: 'nearest' });
  }
}

/** The first name of the other side, as the meetings tell it. */
function nameIn({ role, bookings, eventTypes }: MeetingsState): string | null {
  const last = bookings.at(-1);
  const name = role === 'host' ? last?.invitee.name : (last?.hosts[0]?.name ?? Object.values(eventTypes).find(Boolean)?.hosts?.[0]?.name);
  return name?.trim().split(/\s+/)[0] || null;
}
