import { render } from 'preact';
import type { Booking } from '../../shared/contract/booking.ts';
import { clientOf, type ManagedBooking } from '../api/client.ts';
import type { Failure, Result } from '../api/result.ts';
import { enManage } from '../i18n/en-manage.ts';
import { enClocks } from '../i18n/en-clocks.ts';
import bookCss from '../theme/book.css?inline';
import fieldsCss from '../theme/fields.css?inline';
import manageCss from '../theme/manage.css?inline';
import schedulerCss from '../theme/scheduler.css?inline';
import { detectZone } from '../time/zones.ts';
import { ManageView, type ManageActions, type ManageState } from '../views/manage-view.tsx';
import { ParleyElement } from './parley-element.ts';
import type { ParleyScheduler } from './parley-scheduler.tsx';

const tables = { clocks: enClocks, manage: enManage };

/**
 * `<parley-manage>`: the page behind the link in a mail. Shows the meeting; only its buttons change anything.
 *
 * Attributes: `manage-token` (the part of the address after `#` unless set), `api-base`, `lang`, `theme`.
 * Events: `parley:rescheduled`, `parley:cancelled`, `parley:error`. Parts: `card`, `meeting`, `clocks`.
 */
export class ParleyManage extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'manage-token'];

  private readonly client = clientOf(this.call);
  private shown: ManageState = { booking: null, mode: 'view', isBusy: false, failure: null };
  private asked = 0;

  constructor() {
    super(schedulerCss, fieldsCss, bookCss, manageCss);
    this.addEventListener('parley:rescheduled', (event) => {
      if (event.composedPath()[0] !== this) this.show({ booking: this.merged((event as CustomEvent<Booking>).detail) });
    });
  }

  protected override credentials() {
    return { manageToken: this.token };
  }

  protected override start(): void {
    addEventListener('hashchange', this.onAddress);
    this.show({ booking: null, mode: 'view', isBusy: false, failure: null });
    void this.run(() => this.client.managedBooking());
  }

  protected override stop(): void {
    removeEventListener('hashchange', this.onAddress);
    this.asked += 1;
    render(null, this.root);
  }

  protected override redraw(): void {
    this.show({});
  }

  protected override changed(name: string): void {
    if (name !== 'lang') this.start();
  }

  /** The link of another mail, opened where this one was. */
  private readonly onAddress = (): void => {
    if (!this.hasAttribute('manage-token') && location.hash.startsWith('#mt_')) this.start();
  };

  private get token(): string {
    return this.getAttribute('manage-token') ?? location.hash.slice(1);
  }

  private readonly actions: ManageActions = {
    retry: () => this.start(),
    open: (mode) => this.show({ mode, failure: null }),
    cancel: async (reason) => {
      const done = await this.change((id) => this.client.cancel(id, reason === '' ? {} : { reason }));
      if (done !== null) this.tell('cancelled', done);
    },
    decide: async (verb, reason) => {
      await this.change((id) => this.client.decide(id, verb, reason === '' ? {} : { reason }));
    },
    addGuest: async (email) => (await this.change((id) => this.client.changeGuests(id, { add: [{ email }] }))) !== null,
    removeGuest: async (guestId) => {
      await this.change((id) => this.client.changeGuests(id, { remove: [guestId] }));
    },
    prepareMove: (scheduler) => this.prepareMove(scheduler),
  };

  /** Hands the scheduler inside the meeting to move, once, when it appears; called with null when it goes. */
  private prepareMove(scheduler: ParleyScheduler | null): void {
    const { booking } = this.shown;
    if (booking === null || scheduler === null) return;
    for (const name of ['api-base', 'lang', 'locale', 'theme']) {
      const value = this.getAttribute(name);
      if (value !== null) scheduler.setAttribute(name, value);
    }
    scheduler.rescheduleOf = { id: booking.id, start: booking.start, end: booking.end, manageToken: this.token, role: booking.role };
  }

  private async change(call: (bookingId: string) => Promise<Result<Booking>>): Promise<Booking | null> {
    const { booking, isBusy } = this.shown;
    if (booking === null || isBusy) return null;
    return this.run(() => call(booking.id));
  }

  private async run(call: () => Promise<Result<ManagedBooking>>): Promise<ManagedBooking | null> {
    const asked = ++this.asked;
    const { mode } = this.shown;
    this.show({ isBusy: true, failure: null });
    const answer = await call();
    if (asked !== this.asked) return null;
    if (answer.ok) {
      // A form that was opened meanwhile stays open.
      this.show({ booking: this.merged(answer.value), isBusy: false, ...(this.shown.mode === mode && { mode: 'view' }) });
      return answer.value;
    }
    this.fail(answer);
    return null;
  }

  private fail(failure: Failure): void {
    this.show({ isBusy: false, failure });
    this.tell('error', { code: failure.code });
  }

  /** Answers of the verbs leave out what the first answer told about the event type and the token once. */
  private merged(booking: ManagedBooking): ManagedBooking {
    return { ...this.shown.booking, ...booking };
  }

  private show(change: Partial<ManageState>): void {
    this.shown = { ...this.shown, ...change };
    const { say, formats } = this.language(tables);
    render(
      <ManageView state={this.shown} zone={detectZone()} nowMs={Date.now()} say={say} formats={formats} actions={this.actions} />,
      this.root,
    );
  }
}
