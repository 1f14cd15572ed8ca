/** A small model of one host's diary: what may be asked, what must be answered, and whose every minute then is. Times in ms. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const LENGTH = 30 * MINUTE;
/** Half an hour and a quarter of wrap-up: what each meeting blocks. */
const BLOCKS = 45 * MINUTE;
export const HOLD_MS = 5 * MINUTE;
export const REQUEST_MS = 60 * MINUTE;
export const MAX_PER_DAY = 4;
export const MAX_RESCHEDULES = 2;

/** Two event types of one host: one is booked at once, the other is asked for. */
export type Kind = 'instant' | 'request';
export type Side = 'host' | 'invitee';
export type Status = 'requested' | 'confirmed' | 'declined' | 'expired' | 'cancelled' | 'completed';

export interface Held {
  readonly what: 'hold';
  readonly id: string;
  readonly kind: Kind;
  readonly person: number;
  readonly startMs: number;
  readonly untilMs: number;
  ended: boolean;
}

export interface Booked {
  readonly what: 'booking';
  readonly id: string;
  readonly token: string;
  readonly kind: Kind;
  startMs: number;
  status: Status;
  /** Until when a request, or a new time asked for, may be decided. */
  untilMs: number | null;
  askedMs: number | null;
  moves: number;
}

export interface Offered {
  readonly what: 'proposal';
  readonly id: string;
  readonly kind: Kind;
  readonly by: Side;
  readonly startsMs: readonly number[];
  readonly untilMs: number;
  status: 'open' | 'accepted' | 'withdrawn';
}

export interface Claim {
  readonly ownerId: string;
  readonly startMs: number;
  readonly kind: Kind;
  readonly isOffer: boolean;
}

export class Model {
  nowMs: number;
  /** Every start the host's hours have. */
  readonly starts: readonly number[];
  readonly holds: Held[] = [];
  readonly bookings: Booked[] = [];
  readonly proposals: Offered[] = [];

  constructor(nowMs: number, starts: readonly number[]) {
    this.nowMs = nowMs;
    this.starts = starts;
  }

  /** What takes the host's time at this instant; time ends holds, requests and proposals by itself. */
  claims(): Claim[] {
    const { nowMs } = this;
    return [
      ...this.holds.filter((hold) => this.isLive(hold)).map(({ id, startMs, kind }) => ({ ownerId: id, startMs, kind, isOffer: false })),
      ...this.bookings.flatMap((booking) =>
        this.timesOf(booking).map((startMs) => ({ ownerId: booking.id, startMs, kind: booking.kind, isOffer: false })),
      ),
      ...this.proposals
        .filter((proposal) => this.statusOf(proposal) === 'open')
        .flatMap(({ id, kind, startsMs }) =>
          startsMs.filter((startMs) => startMs > nowMs).map((startMs) => ({ ownerId: id, startMs, kind, isOffer: true })),
        ),
    ];
  }

  /** Whether a start may be booked, held or offered anew. */
  isBookable(kind: Kind, startMs: number, ignore: readonly string[] = []): boolean {
    if (startMs < this.nowMs || !this.starts.includes(startMs) || !this.isFree(startMs, ignore)) return false;
    const others = this.claims().filter(
      (claim) => claim.kind === kind && dayOf(claim.startMs) === dayOf(startMs) && !ignore.includes(claim.ownerId),
    );
    const offers = new Set(others.filter(({ isOffer }) => isOffer).map(({ ownerId }) => ownerId));
    return others.filter(({ isOffer }) => !isOffer).length + offers.size < MAX_PER_DAY;
  }

  /** Whether nobody else has that time: all that counts for what was kept before. */
  isFree(startMs: number, ignore: readonly string[]): boolean {
    return this.claims().every((claim) => ignore.includes(claim.ownerId) || Math.abs(claim.startMs - startMs) >= BLOCKS);
  }

  isLive(hold: Held): boolean {
    return !hold.ended && hold.untilMs > this.nowMs;
  }

  statusOf(one: Booked): Status;
  statusOf(one: Offered): 'open' | 'accepted' | 'withdrawn' | 'expired';
  statusOf(one: Booked | Offered): string {
    if (one.what === 'proposal') return one.status === 'open' && one.untilMs <= this.nowMs ? 'expired' : one.status;
    return one.status === 'requested' && (one.untilMs ?? Infinity) <= this.nowMs ? 'expired' : one.status;
  }

  /** The new time that was asked for and may still be decided. */
  askedOf(booking: Booked): number | null {
    return booking.status === 'confirmed' && booking.askedMs !== null && (booking.untilMs ?? 0) > this.nowMs ? booking.askedMs : null;
  }

  /** What a sweep writes down of what time has done. */
  settle(): void {
    for (const booking of this.bookings) {
      booking.status = this.statusOf(booking);
      if (booking.askedMs !== null && this.askedOf(booking) === null) [booking.askedMs, booking.untilMs] = [null, null];
      if (booking.status === 'confirmed' && booking.startMs + LENGTH <= this.nowMs)
        [booking.status, booking.askedMs, booking.untilMs] = ['completed', null, null];
    }
  }

  private timesOf(booking: Booked): number[] {
    const status = this.statusOf(booking);
    if (status === 'completed') return [booking.startMs];
    if (status !== 'requested' && status !== 'confirmed') return [];
    const asked = this.askedOf(booking);
    return asked === null ? [booking.startMs] : [booking.startMs, asked];
  }
}

export function dayOf(ms: number): number {
  return Math.floor(ms / 86_400_000);
}
