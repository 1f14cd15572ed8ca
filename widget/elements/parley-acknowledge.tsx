import { render } from 'preact';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import { clientOf } from '../api/client.ts';
import { impressions } from '../api/impressions.ts';
import { readerOf } from '../api/room-token.ts';
import { NoticeView } from '../views/notice-view.tsx';
import { detectZone } from '../time/zones.ts';
import fieldsCss from '../theme/fields.css?inline';
import noticeCss from '../theme/notice.css?inline';
import { enTerms } from '../i18n/en-terms.ts';
import { ParleyElement } from './parley-element.ts';

/**
 * `<parley-acknowledge>`: the terms and their box inside a site's own `<form>`. The form cannot be submitted until the box is ticked and the
 * acknowledgement recorded; the form value is its id, which the site's backend can check.
 *
 * Attributes: those of every element, and `name` (form field, `parleyAcknowledgement` in the site's hands), `placement` (`jobPost` unless set),
 * `stage`, `for-role` (`invitee` or `host`). Where no notice binds the reader the element shows nothing and the form goes through.
 * Events: `parley:acknowledged`, `parley:error`, `parley:token-expired`. Parts: `notice`, `fallback`, `acknowledge`.
 */
export class ParleyAcknowledge extends ParleyElement {
  static formAssociated = true;
  static override observedAttributes = [...ParleyElement.observedAttributes, 'placement', 'stage', 'for-role'];

  private readonly client = clientOf(this.call);
  private readonly internals: ElementInternals;
  private asked = 0;
  private reader = '';
  private notice: CurrentNotice | null = null;
  private isKnown = false;
  private recorded: string | null = null;
  private status: 'open' | 'busy' | 'done' | 'failed' = 'open';
  private wantsError = false;

  constructor() {
    super(fieldsCss, noticeCss);
    this.internals = this.attachInternals();
    this.addEventListener('invalid', () => {
      this.wantsError = true;
      this.draw();
    });
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** What is not loaded yet, or could not be, binds after a reset as before. */
  formResetCallback(): void {
    if (!this.isKnown || (this.notice === null && this.status === 'failed')) return;
    this.asked += 1;
    this.settle('open', null);
  }

  protected override start(): void {
    this.reader = this.readerNow;
    this.isKnown = false;
    this.validate();
    void this.load();
  }

  protected override stop(): void {
    this.asked += 1;
  }

  protected override redraw(): void {
    this.draw();
    this.validate();
  }

  protected override changed(name: string): void {
    // A renewed token is the same reader's: what was accepted stays.
    const isSettled = this.status === 'done' || this.status === 'busy';
    if (name !== 'room-token' || !isSettled || this.reader !== this.readerNow) this.start();
  }

  private get readerNow(): string {
    return readerOf(this.getAttribute('room-token'));
  }

  private async load(): Promise<void> {
    const asked = ++this.asked;
    const answer = await this.client.currentNotices({
      placement: this.getAttribute('placement') ?? 'jobPost',
      locale: this.locale,
      stage: this.getAttribute('stage'),
      role: this.getAttribute('for-role'),
    });
    if (asked !== this.asked) return;
    if (!answer.ok) return this.fail(answer.code);
    this.notice = answer.value.find(({ acknowledgement }) => acknowledgement !== 'none') ?? null;
    this.settle('open', null);
  }

  private fail(code: Parameters<typeof this.tell<'error'>>[1]['code']): void {
    if (code === 'token_expired') this.tell('token-expired', {});
    else this.tell('error', { code });
    this.settle('failed', null);
  }

  /** `id` is the acknowledgement once it is recorded. */
  private settle(status: typeof this.status, id: string | null): void {
    this.status = status;
    this.recorded = id;
    this.isKnown = true;
    this.wantsError = status === 'failed';
    this.internals.setFormValue(id);
    this.draw();
    this.validate();
  }

  /** Until it is known whether a notice binds, the form waits: terms that were never shown are never accepted. */
  private validate(): void {
    const { say } = this.language({ terms: enTerms });
    const { isKnown, status, internals } = this;
    if (isKnown && (this.recorded !== null || (this.notice === null && status !== 'failed'))) return internals.setValidity({});
    const text = say(!isKnown ? 'termsLoading' : status === 'failed' ? 'notRecorded' : 'needTick');
    internals.setValidity({ valueMissing: true }, text, this.root.querySelector<HTMLElement>('input') ?? (isKnown ? this.root : undefined));
  }

  private async tick(isTicked: boolean): Promise<void> {
    const asked = ++this.asked;
    const { notice } = this;
    if (!isTicked || notice === null) return this.settle('open', null);
    this.settle('busy', null);
    const { noticeVersionId } = notice;
    const answer = await this.client.acknowledge({
      noticeVersionId,
      locale: notice.locale,
      impressionId: impressions.get(noticeVersionId) ?? null,
      timeZone: detectZone(),
    });
    if (asked !== this.asked) return;
    if (!answer.ok) return this.fail(answer.code);
    this.settle('done', answer.value.id);
    this.tell('acknowledged', { acknowledgementId: answer.value.id, noticeVersionId });
  }

  private draw(): void {
    const { say } = this.language({ terms: enTerms });
    const { notice, status } = this;
    const error = !this.wantsError ? null : say(status === 'failed' ? 'notRecorded' : 'needTick');
    render(
      <div class="acknowledge" part="acknowledge">
        {notice === null ? null : (
          <>
            <NoticeView notice={notice} say={say} />
            <label class="tick">
              <input
                type="checkbox"
                checked={status === 'done' || status === 'busy'}
                aria-required="true"
                aria-invalid={error === null ? undefined : 'true'}
                aria-describedby={error === null ? undefined : 'error'}
                onChange={(event) => void this.tick(event.currentTarget.checked)}
              />
              <span lang={notice.locale} dir="auto">
                {notice.label}
              </span>
            </label>
          </>
        )}
        {error === null || (notice === null && status !== 'failed') ? null : (
          <p class="error" id="error" role="alert">
            {error}
          </p>
        )}
        {notice === null && status === 'failed' ? (
          <button type="button" class="secondary" onClick={() => this.start()}>
            {say('tryAgain')}
          </button>
        ) : null}
      </div>,
      this.root,
    );
  }
}
