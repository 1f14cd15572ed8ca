import { escapeHtml } from './escape-html.ts';

export interface ConsentFacts {
  readonly provider: string;
  readonly account: string;
  readonly hostName: string;
  readonly tenantName: string;
  readonly writes: boolean;
  /** Sealed; what the button sends. */
  readonly grant: string;
}

/** Between the provider's consent and the connection: nothing is kept before the button is pressed. */
export function consentPage({ provider, account, hostName, tenantName, writes, grant }: ConsentFacts): string {
  const rights = writes
    ? 'It may read when this account is busy, and write bookings into the calendar that is chosen for them.'
    : 'It may read when this account is busy. It cannot change anything.';
  return page(
    'Connect this calendar?',
    `<dl>
<dt>Account</dt><dd>${escapeHtml(account)} (${escapeHtml(provider)})</dd>
<dt>For the bookings of</dt><dd>${escapeHtml(hostName)}</dd>
<dt>At</dt><dd>${escapeHtml(tenantName)}</dd>
</dl>
<p>${rights} Kept are start, end and kind of busy times, and the login, encrypted. Titles, descriptions and people are never kept.</p>
<form method="post">
<input type="hidden" name="grant" value="${escapeHtml(grant)}">
<button type="submit" name="answer" value="connect">Connect</button>
<button type="submit" name="answer" value="refuse">Do not connect</button>
</form>`,
  );
}

/** How it ended, in words. */
export function consentDonePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/consent.css">
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

export const CONSENT_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f4f1, #101216); color: CanvasText; }
main { max-width: 40rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { opacity: .75; }
dd { margin: 0; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button { font: inherit; padding: .6rem 1.2rem; border: 1px solid CanvasText; border-radius: .5rem; background: transparent; color: CanvasText; cursor: pointer; }
button[value=connect] { background: CanvasText; color: Canvas; }
`;
