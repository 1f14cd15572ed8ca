import { askSlots } from '../api/ask-slots.ts';
import type { Caller } from '../api/caller.ts';
import type { HostClient } from '../api/host-client.ts';
import { simulated } from '../flow/availability/simulated.ts';
import { type AvailabilityState, type Preview, PREVIEW_WEEKS } from '../flow/availability/state.ts';

/** What the preview needs of the settings around it. */
export interface PreviewedSettings {
  readonly call: Caller;
  readonly client: HostClient;
  readonly state: () => AvailabilityState;
  readonly show: (preview: Partial<Preview>) => void;
}

/** Changes come in strokes and letters; the server is asked when they pause. */
const PAUSE_MS = 350;
const WEEK_MS = 7 * 86_400_000;

/** Keeps the preview true: what is offered now, and what the draft would change about it. Late answers to old questions are dropped. */
export class AvailabilityPreview {
  private readonly around: PreviewedSettings;
  private listed = 0;
  private simulated = 0;
  private question = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(around: PreviewedSettings) {
    this.around = around;
  }

  /** Reads anew what is offered, as after a change that was saved. */
  async list(): Promise<void> {
    const asked = ++this.listed;
    const { call, state, show } = this.around;
    const nowMs = Date.now();
    const [from, to] = [new Date(nowMs).toISOString(), new Date(nowMs + PREVIEW_WEEKS * WEEK_MS).toISOString()];
    show({ status: 'waiting' });
    const answer = await askSlots(call, { eventTypeId: state().eventTypeId, from, to, timeZone: 'UTC' });
    if (asked !== this.listed) return;
    show(
      answer.ok
        ? { status: 'ready', starts: answer.value.days.flatMap(({ slots }) => slots.map(({ start }) => start)) }
        : { status: 'failed', starts: null },
    );
  }

  /** Asks what the draft would change, once it has been left alone for a moment. */
  compare(): void {
    clearTimeout(this.timer);
    const body = simulated(this.around.state());
    const question = JSON.stringify([this.around.state().eventTypeId, body]);
    if (question === this.question) return;
    this.simulated += 1;
    this.question = question;
    if (body === null) return this.around.show({ change: null, status: this.around.state().preview.starts === null ? 'waiting' : 'ready' });
    this.timer = setTimeout(() => void this.simulate(body), PAUSE_MS);
  }

  /** Ends what is under way, and forgets what was asked. */
  reset(): void {
    clearTimeout(this.timer);
    this.listed += 1;
    this.simulated += 1;
    this.question = '';
  }

  private async simulate(body: NonNullable<ReturnType<typeof simulated>>): Promise<void> {
    const asked = this.simulated;
    const { client, state, show } = this.around;
    show({ status: 'waiting' });
    const answer = await client.simulate(state().eventTypeId, body);
    if (asked !== this.simulated) return;
    if (!answer.ok) this.question = '';
    show(answer.ok ? { change: answer.value, status: 'ready' } : { change: null, status: 'failed' });
  }
}
