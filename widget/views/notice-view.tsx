import type { ComponentChildren } from 'preact';
import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { enTerms } from '../i18n/en-terms.ts';
import type { SayOf } from '../i18n/say.ts';
import { Icon } from '../parts/icon.tsx';
import { Markdown } from '../parts/markdown.tsx';

/** One notice, with what the terms allow when the platform's own call fails, and below it whatever belongs there. It has no button to close it. */
export function NoticeView(props: {
  readonly notice: CurrentNotice;
  readonly say: SayOf<keyof typeof enTerms>;
  readonly children?: ComponentChildren;
}) {
  const { notice, say } = props;
  return (
    <section class={`notice ${notice.severity}`} part="notice" role="note">
      <div class="notice-head">
        <Icon name={notice.severity === 'warning' ? 'warning' : 'info'} />
        <div class="notice-text">
          <div class="words" lang={notice.locale}>
            <Markdown text={notice.text} />
          </div>
          {notice.fallback === null ? null : (
            <details part="fallback">
              <summary>{say('termsFallback')}</summary>
              <div lang={notice.locale}>
                <Markdown text={notice.fallback} />
              </div>
            </details>
          )}
          {props.children}
        </div>
      </div>
    </section>
  );
}
