import type { HostedEventType } from '../flows/read-hosted-event-type.ts';
import { escapeHtml } from './escape-html.ts';

/** The page behind a mail link. The token stands after `#`, so it never reaches a server log; opening the page changes nothing. */
export function managePage(): string {
  return page({ title: 'Your meeting', locale: 'en', body: '<parley-manage></parley-manage>' });
}

/** The page a host shares: the scheduler and nothing else. */
export function hostedPage({ title, hostName, eventTypeId, publishableKey, locale }: HostedEventType): string {
  const scheduler = `<parley-scheduler publishable-key="${escapeHtml(publishableKey)}" event-type="${escapeHtml(eventTypeId)}"></parley-scheduler>`;
  return page({ title: `${title} · ${hostName}`, locale, body: scheduler });
}

function page({ title, locale, body }: { title: string; locale: string; body: string }): string {
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/pages.css">
<script async src="/parley.js"></script>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

export const PAGE_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 56rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
`;
