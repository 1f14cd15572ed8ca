/**
 * A notice's small Markdown subset as HTML: paragraphs with line breaks, `- ` and `1. ` lists, `**bold**`, `*emphasis*`, `` `code` `` and
 * `[words](https://...)`, the very elements the widget draws. Everything else stays visible text: HTML, pictures, links to any scheme but http
 * and https. Safe to put into a page as it is: the only attributes written are `href` and `rel`. Headings (`#`) become paragraphs.
 */
export function noticeHtml(markdown: string): string {
  const text = markdown.replaceAll(/\r\n?/g, '\n').trim();
  return text === ''
    ? ''
    : text
        .split(/\n\s*\n/)
        .map(block)
        .join('\n');
}

const BULLET = /^[-*]\s+/;
const NUMBER = /^\d{1,4}\.\s+/;

function block(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().replace(/^#{1,6}\s+/, ''));
  for (const [mark, tag] of [[BULLET, 'ul'] as const, [NUMBER, 'ol'] as const]) {
    if (lines.every((line) => mark.test(line)))
      return `<${tag}>${lines.map((line) => `<li>${spans(line.replace(mark, ''))}</li>`).join('')}</${tag}>`;
  }
  return `<p>${lines.map(spans).join('<br>')}</p>`;
}

// Bounded and without nesting, so that a long line of marks costs no more than its length.
const SPAN =
  /\*\*([^*\n]{1,500})\*\*|\*([^*\s][^*\n]{0,499})\*|`([^`\n]{1,300})`|\[([^\][\n]{1,300})\]\((https?:\/\/[^\s()<>"]{1,1000})\)/g;

function spans(line: string): string {
  let html = '';
  let at = 0;
  for (const { 0: whole, 1: bold, 2: emphasis, 3: code, 4: words = '', 5: url, index } of line.matchAll(SPAN)) {
    html += escapeText(line.slice(at, index));
    if (bold !== undefined) html += `<strong>${escapeText(bold)}</strong>`;
    else if (emphasis !== undefined) html += `<em>${escapeText(emphasis)}</em>`;
    else if (code !== undefined) html += `<code>${escapeText(code)}</code>`;
    else html += `<a href="${escapeText(url ?? '')}" rel="noopener noreferrer">${escapeText(words)}</a>`;
    at = index + whole.length;
  }
  return html + escapeText(line.slice(at));
}

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
