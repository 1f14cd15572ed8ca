import { render } from 'preact';
import type { Booking } from '../../shared/contract/booking.ts';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import { clientOf } from '../api/client.ts';
import { impressions } from '../api/impressions.ts';
import { CallTrouble } from '../views/call-trouble.tsx';
import { NoticeView } from '../views/notice-view.tsx';
import fieldsCss from '../theme/fields.css?inline';
import noticeCss from '../theme/notice.css?inline';
import { enTerms } from '../i18n/en-terms.ts';
import { enTrouble } from '../i18n/en-trouble.ts';
import { CallTroubleFlow } from './call-trouble.ts';
import { ParleyElement } from './parley-element.ts';
import type { ParleyScheduler } from './parley-scheduler.tsx';
import { watchInView } from './watch-in-view.ts';

/**
 * `<parley-notice>`: the communication terms where people talk. It cannot be dismissed, and reports once that it was really in view.
 *
 * With a room token it also takes reports: that the call does not work, which opens what the terms allow and offers a new time, and that somebody
 * was asked to leave the platform.
 *
 * Attributes: those of every element, and `placement` (`messageRoom` unless set), `booking-id` (the meeting a report is about; the room's
 * current or next one unless set); without a room token also `stage` and `for-role`.
 * Events: `parley:incident`, `parley:reschedule` (a person wants another time; the detail is the meeting, and `preventDefault()` keeps the element
 * from showing its own times), `parley:rescheduled`, `parley:error`, `parley:token-expired`. Parts: `notice`, `fallback`, `trouble`.
 */
export class ParleyNotice extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'placement', 'stage', 'for-role', 'booking-id'];

  private readonly client = clientOf(this.call);
  private asked = 0;
  private readonly unwatch: (() => void)[] = [];
  private readonly seen = new Set<string>();
  private notices: readonly CurrentNotice[] = [];
  private readonly trouble = new CallTroubleFlow({
    client: this.client,
    locale: () => this.locale,
    bookingId: () => this.getAttribute('booking-id'),
    draw: () => this.draw(),
    askToMove: (booking) =>
      this.dispatchEvent(new CustomEvent('parley:reschedule', { detail: booking, bubbles: true, composed: true, cancelable: true })),
    prepareMove: (scheduler, booking) => this.prepareMove(scheduler, booking),
    recorded: (incident) => this.tell('incident', incident),
  });

  constructor() {
    super(fieldsCss, noticeCss);
  }

  protected override start(): void {
    void this.load();
  }

  protected override stop(): void {
    this.asked += 1;
    for (const end of this.unwatch.splice(0)) end();
    this.trouble.reset();
  }

  protected override redraw(): void {
    this.draw();
  }

  protected override changed(name: string): void {
    // A renewed token is the same reader's: what was reported stays on the page.
    if (name !== 'room-token') this.trouble.reset();
    this.start();
  }

  private get placement(): string {
    return this.getAttribute('placement') ?? 'messageRoom';
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    const [stage, role] = [this.getAttribute('stage'), this.getAttribute('for-role')];
    const answer = await this.client.currentNotices({ placement: this.placement, locale: this.locale, stage, role });
    if (asked !== this.asked) return;
    if (answer.ok) {
      this.notices = answer.value;
      this.draw();
      this.watch();
    } else if (answer.code === 'token_expired') this.tell('token-expired', {});
    else this.tell('error', { code: answer.code });
  }

  private draw(): void {
    const { say } = this.language({ terms: enTerms, trouble: enTrouble });
    const { notices, trouble } = this;
    // The report stands with the notice that says what is allowed then, else with the last one.
    const withFallback = notices.find(({ fallback }) => fallback !== null);
    const place = (withFallback ?? notices.at(-1))?.noticeVersionId;
    const takesReports = Boolean(this.getAttribute('room-token'));
    render(
      <>
        {notices.map((notice) => (
          <NoticeView key={notice.noticeVersionId} notice={notice} say={say}>
            {takesReports && notice.noticeVersionId === place ? (
              <CallTrouble state={trouble.state} say={say} actions={trouble.actions} fallback={notice.fallback} />
            ) : null}
          </NoticeView>
        ))}
      </>,
      this.root,
    );
  }

  private watch(): void {
    for (const end of this.unwatch.splice(0)) end();
    const shown = this.root.querySelectorAll('.notice');
    this.notices.forEach(({ noticeVersionId }, index) => {
      const box = shown[index];
      if (box !== undefined && !this.seen.has(noticeVersionId))
        this.unwatch.push(watchInView(box, () => void this.report(noticeVersionId)));
    });
  }

  /** The scheduler inside the notice acts for the same reader. */
  private prepareMove(scheduler: ParleyScheduler, { id, start, end }: Booking): void {
    for (const name of ['publishable-key', 'room-token', 'api-base', 'lang', 'locale', 'theme']) {
      const value = this.getAttribute(name);
      if (value !== null) scheduler.setAttribute(name, value);
    }
    scheduler.rescheduleOf = { id, start, end };
  }

  private async report(noticeVersionId: string): Promise<void> {
    this.seen.add(noticeVersionId);
    const answer = await this.client.reportImpression({ noticeVersionId, placement: this.placement, locale: this.locale });
    if (answer.ok) impressions.set(noticeVersionId, answer.value.id);
    else this.seen.delete(noticeVersionId);
  }
}
