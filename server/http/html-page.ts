import { escapeHtml } from './escape-html.ts';

/** What differs between the pages this server shows itself. All but the title is markup, put in as it stands. */
export interface HtmlPage {
  /** Of the root element, `lang` among them. */
  readonly attributes: string;
  readonly title: string;
  /** Style sheets, scripts and descriptions. */
  readonly head: string;
  readonly body: string;
}

/** A page for people, in the light their system has. Search engines are kept out: it is for those who have the address. */
export function htmlPage({ attributes, title, head, body }: HtmlPage): string {
  return `<!doctype html>
<html ${attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
}
