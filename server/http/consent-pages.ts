import { fillText } from '../domain/messages/fill-text.ts';
import type { ConsentFailure, ConsentShown } from '../flows/finish-consent.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlPage } from './html-page.ts';
import type { ReaderLanguage } from './reader-language.ts';

const PROVIDER_NAMES: Readonly<Record<string, string>> = { google: 'Google', microsoft: 'Microsoft' };

/** Between the provider's consent and the connection: nothing is kept before the button is pressed. */
export function consentPage({ provider, account, hostName, tenantName, writes, grant }: ConsentShown, language: ReaderLanguage): string {
  const { texts } = language;
  const fact = (label: string, value: string, more = '') =>
    `<div><dt>${escapeHtml(label)}</dt><dd><bdi>${escapeHtml(value)}</bdi>${more}</dd></div>\n`;
  return page(
    texts['page.consent.title'],
    language,
    `<dl>
${fact(texts['page.consent.account'], account, ` <span class="kind">${escapeHtml(PROVIDER_NAMES[provider] ?? provider)}</span>`)}${fact(texts['page.consent.host'], hostName)}${fact(texts['page.consent.tenant'], tenantName)}</dl>
<p>${escapeHtml(texts[writes ? 'page.consent.writes' : 'page.consent.reads'])}</p>
<p class="quiet">${escapeHtml(texts['page.consent.keeps'])}</p>
<form method="post">
<input type="hidden" name="grant" value="${escapeHtml(grant)}">
<button type="submit" name="answer" value="connect">${escapeHtml(texts['page.consent.connect'])}</button>
<button type="submit" name="answer" value="refuse">${escapeHtml(texts['page.consent.refuse'])}</button>
</form>`,
  );
}

/** It is connected. */
export function consentDonePage(account: string, language: ReaderLanguage): string {
  const text = fillText(language.texts['page.consent.doneText'], { account }, 'isolate');
  return page(language.texts['page.consent.done'], language, `<p>${escapeHtml(text)}</p>`);
}

/** The other button was pressed. */
export function consentRefusedPage(language: ReaderLanguage): string {
  return page(language.texts['page.consent.refused'], language, `<p>${escapeHtml(language.texts['page.consent.refusedText'])}</p>`);
}

/** Nothing was connected, and why. What others said about it is in English. */
export function consentFailedPage({ trouble, detail }: ConsentFailure, provider: string, language: ReaderLanguage): string {
  const text = language.texts[`page.consent.${trouble}`];
  const filled = fillText(text, { provider: PROVIDER_NAMES[provider] ?? provider }, 'isolate');
  const said = detail === undefined ? '' : `\n<p class="quiet" lang="en" dir="ltr">${escapeHtml(detail)}</p>`;
  return page(language.texts['page.consent.refused'], language, `<p>${escapeHtml(filled)}</p>${said}`);
}

function page(title: string, { tag, direction }: ReaderLanguage, body: string): string {
  return htmlPage({
    attributes: `lang="${escapeHtml(tag)}" dir="${direction}"`,
    title,
    head: '<link rel="stylesheet" href="/consent.css">',
    body: `<main>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</main>`,
  });
}

export const CONSENT_STYLE = `:root { color-scheme: light dark; --ink: light-dark(#191b20, #eceef2); --soft: light-dark(#5b606b, #a9afbb); --line: light-dark(#dcdcd6, #33373f); --accent: light-dark(#0b6b53, #6fd0b2); --on-accent: light-dark(#fff, #08201a); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; align-items: center; padding: clamp(12px, 4vw, 32px); font: 16px/1.55 system-ui, sans-serif; background: light-dark(#f4f4f1, #101216); color: var(--ink); }
main { width: 100%; max-width: 34rem; margin: 0 auto; padding: clamp(20px, 5vw, 36px); border: 1px solid var(--line); border-radius: 16px; background: light-dark(#fff, #17191e); overflow-wrap: anywhere; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 1.25rem; text-wrap: balance; word-break: auto-phrase; }
p { margin: 0 0 .75rem; }
p:last-child { margin-bottom: 0; }
dl { margin: 0 0 1.25rem; border-block-end: 1px solid var(--line); }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .625rem 0; border-block-start: 1px solid var(--line); }
dt { flex: 0 0 11rem; color: var(--soft); }
dd { flex: 1 1 12rem; min-width: 0; margin: 0; font-weight: 600; }
.kind { display: block; font-weight: 400; color: var(--soft); }
.quiet { color: var(--soft); font-size: .9375rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button { flex: 1 1 auto; min-height: 44px; font: inherit; font-weight: 600; padding: .5rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: transparent; color: inherit; cursor: pointer; }
button:hover { border-color: currentColor; }
button[value=connect] { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (forced-colors: active) { button[value=connect] { border-width: 3px; } }
`;
