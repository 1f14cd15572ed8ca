import { render } from 'preact';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import { clientOf } from '../api/client.ts';
import { impressions } from '../api/impressions.ts';
import { NoticeView } from '../views/notice-view.tsx';
import fieldsCss from '../theme/fields.css?inline';
import noticeCss from '../theme/notice.css?inline';
import { enTerms } from '../i18n/en-terms.ts';
import { ParleyElement } from './parley-element.ts';
import { watchInView } from './watch-in-view.ts';

/**
 * `<parley-notice>`: the communication terms where people talk. It cannot be dismissed, and reports once that it was really in view.
 *
 * Attributes: those of every element, and `placement` (`messageRoom` unless set); without a room token also `stage` and `for-role`.
 * Events: `parley:error`, `parley:token-expired`. Parts: `notice`, `fallback`.
 */
export class ParleyNotice extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'placement', 'stage', 'for-role'];

  private readonly client = clientOf(this.call);
  private asked = 0;
  private readonly unwatch: (() => void)[] = [];
  private readonly seen = new Set<string>();

  constructor() {
    super(fieldsCss, noticeCss);
  }

  protected override start(): void {
    void this.load();
  }

  protected override stop(): void {
    this.asked += 1;
    for (const end of this.unwatch.splice(0)) end();
  }

  protected override changed(): void {
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
    if (answer.ok) this.draw(answer.value);
    else if (answer.code === 'token_expired') this.tell('token-expired', {});
    else this.tell('error', { code: answer.code });
  }

  private draw(notices: readonly CurrentNotice[]): void {
    const { say } = this.language(enTerms);
    render(
      <>
        {notices.map((notice) => (
          <NoticeView key={notice.noticeVersionId} notice={notice} say={say} />
        ))}
      </>,
      this.root,
    );
    for (const end of this.unwatch.splice(0)) end();
    const shown = this.root.querySelectorAll('.notice');
    notices.forEach(({ noticeVersionId }, index) => {
      const box = shown[index];
      if (box !== undefined && !this.seen.has(noticeVersionId))
        this.unwatch.push(watchInView(box, () => void this.report(noticeVersionId)));
    });
  }

  private async report(noticeVersionId: string): Promise<void> {
    this.seen.add(noticeVersionId);
    const answer = await this.client.reportImpression({ noticeVersionId, placement: this.placement, locale: this.locale });
    if (answer.ok) impressions.set(noticeVersionId, answer.value.id);
    else this.seen.delete(noticeVersionId);
  }
}
