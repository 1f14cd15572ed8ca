import type { Booking } from '../../shared/contract/booking.ts';
import type { Client } from '../api/client.ts';
import type { TroubleActions, TroubleState } from '../views/call-trouble.tsx';
import type { ParleyScheduler } from './parley-scheduler.tsx';

/** What the element around lends: its calls, its attributes, and its voice. */
export interface TroubleHost {
  readonly client: Client;
  readonly locale: () => string;
  readonly bookingId: () => string | null;
  readonly draw: () => void;
  /** Answers false when the page takes the move into its own hands. */
  readonly askToMove: (booking: Booking) => boolean;
  readonly prepareMove: (scheduler: ParleyScheduler, booking: Booking) => void;
  readonly recorded: (incident: { readonly incidentId: string; readonly kind: string; readonly bookingId: string | null }) => void;
}

/** A meeting that began this long ago at most may still be the one whose call does not work. */
const BEGAN_MS = 3 * 3_600_000;

const READY: TroubleState = { status: 'ready', recorded: null, booking: null, place: 'open', kind: null, isMoving: false };

/** What a person does when the call does not work: the state of it, and the actions that change it. */
export class CallTroubleFlow {
  state: TroubleState = READY;
  readonly actions: TroubleActions;
  private readonly host: TroubleHost;
  private asked = 0;

  constructor(host: TroubleHost) {
    this.host = host;
    this.actions = {
      report: (kind) => void this.report(kind),
      choosePlace: (kind) => this.show({ kind, place: 'open' }),
      meetAt: (location) => void this.meetAt(location),
      pickNewTime: () => this.pickNewTime(),
      prepareMove: (scheduler) => {
        const { booking } = this.state;
        if (scheduler !== null && booking !== null) this.host.prepareMove(scheduler, booking);
      },
    };
  }

  /** Forgets what was reported: another reader, or the element has gone. */
  reset(): void {
    this.asked += 1;
    this.state = READY;
  }

  private async report(kind: 'callTrouble' | 'offPlatformRequest'): Promise<void> {
    if (this.state.status === 'busy') return;
    const asked = ++this.asked;
    this.show({ ...READY, status: 'busy' });
    const booking = kind === 'callTrouble' ? await this.findBooking() : null;
    const bookingId = booking?.id ?? this.host.bookingId();
    const answer = await this.host.client.recordIncident({
      kind,
      locale: this.host.locale(),
      ...(bookingId !== null && { bookingId }),
    });
    if (asked !== this.asked) return;
    if (!answer.ok) return this.show({ status: 'failed' });
    this.show({ status: 'ready', recorded: answer.value, booking });
    this.host.recorded({ incidentId: answer.value.id, kind, bookingId });
  }

  /** The meeting that was named, else the one of this room that is on or comes next. */
  private async findBooking(): Promise<Booking | null> {
    const { client } = this.host;
    const named = this.host.bookingId();
    if (named !== null) {
      const answer = await client.booking(named);
      return answer.ok ? answer.value : null;
    }
    const answer = await client.bookings({ status: 'confirmed,requested', from: new Date(Date.now() - BEGAN_MS).toISOString(), limit: 5 });
    return answer.ok ? (answer.value.find(({ end }) => Date.parse(end) > Date.now()) ?? answer.value.at(-1) ?? null) : null;
  }

  private async meetAt(location: Parameters<TroubleActions['meetAt']>[0]): Promise<void> {
    const { booking, place } = this.state;
    if (booking === null || place === 'busy') return;
    const asked = ++this.asked;
    this.show({ place: 'busy' });
    const answer = await this.host.client.changeLocation(booking.id, { location });
    if (asked !== this.asked) return;
    this.show(answer.ok ? { place: 'taken', booking: answer.value } : { place: 'refused' });
  }

  private pickNewTime(): void {
    const { booking } = this.state;
    if (booking !== null && this.host.askToMove(booking)) this.show({ isMoving: true });
  }

  private show(change: Partial<TroubleState>): void {
    this.state = { ...this.state, ...change };
    this.host.draw();
  }
}
