import type { HostedEventType } from '../flows/read-hosted-event-type.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlPage } from './html-page.ts';
import type { ReaderLanguage } from './reader-language.ts';

/** The page behind a mail link. The token stands after `#`, so it never reaches a server log; opening the page changes nothing. */
export function managePage(language: ReaderLanguage): string {
  const { texts } = language;
  const body = `<parley-manage></parley-manage>\n<noscript>${escapeHtml(texts['page.noScript'])}</noscript>`;
  return page({ title: texts['page.manage.title'], language, body });
}

/** The page a host shares: the scheduler and nothing else, with what a chat shows of a link. Search engines are kept out: it is for those who have the address. */
export function hostedPage(
  { title, description, hostName, eventTypeId, publishableKey, locale }: HostedEventType,
  language: ReaderLanguage,
) {
  const full = `${title} · ${hostName}`;
  const scheduler = `<parley-scheduler publishable-key="${escapeHtml(publishableKey)}" event-type="${escapeHtml(eventTypeId)}"></parley-scheduler>`;
  return page({
    title: full,
    language,
    head: `<meta name="description" content="${escapeHtml(description)}">
<meta property="og:type" content="website">
<meta property="og:title" content="${escapeHtml(full)}">
<meta property="og:description" content="${escapeHtml(description)}">
`,
    // The title is in the words of the host, the rest in those of the reader.
    body: `<h1 lang="${escapeHtml(locale)}" dir="auto">${escapeHtml(full)}</h1>\n${scheduler}\n<noscript>${escapeHtml(language.texts['page.noScript'])}</noscript>`,
  });
}

interface Page {
  readonly title: string;
  readonly language: ReaderLanguage;
  readonly body: string;
  readonly head?: string;
}

function page({ title, language: { tag, direction }, body, head = '' }: Page): string {
  return htmlPage({
    attributes: `lang="${escapeHtml(tag)}" dir="${direction}"`,
    title,
    head: `<link rel="stylesheet" href="/pages.css">\n${head}<script async src="/parley.js"></script>`,
    body: `<main>\n${body}\n</main>`,
  });
}

export const PAGE_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f4f1, #101216); color: CanvasText; }
main { max-width: 64rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); }
h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
