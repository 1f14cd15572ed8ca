import { markup, type SafeHtml } from './markup.ts';

/**
 * A notice's small Markdown subset as HTML for a mail: paragraphs, `-` lists, `**bold**`, `*italic*`, `[words](https://...)`. Anything
 * else, HTML included, stays visible text; a link to another scheme stays text too. Headings (`#`) become bold paragraphs.
 */
export function noticeToHtml(markdown: string): SafeHtml {
  return markup`${blocksOf(markdown).map((block) => (block.type === 'list' ? list(block.lines) : paragraph(block.lines)))}`;
}

function list(lines: readonly string[]): SafeHtml {
  const items = lines.map((line) => markup`<li style="margin:0 0 6px">${spans(line)}</li>`);
  return markup`<ul style="margin:0 0 16px;padding-inline-start:20px">${items}</ul>`;
}

function paragraph(lines: readonly string[]): SafeHtml {
  const pieces = lines.flatMap((line, index) => (index === 0 ? [spans(line)] : [markup`<br>`, spans(line)]));
  return markup`<p style="margin:0 0 16px">${pieces}</p>`;
}

/** The same notice as plain text: marks gone, addresses after their words. */
export function noticeToText(markdown: string): string {
  return blocksOf(markdown)
    .map((block) => block.lines.map((line) => (block.type === 'list' ? `- ${plain(line)}` : plain(line))).join('\n'))
    .join('\n\n');
}

interface NoticeBlock {
  readonly type: 'paragraph' | 'list';
  readonly lines: readonly string[];
}

const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const ITEM = /^[-*+]\s+/;

function blocksOf(markdown: string): NoticeBlock[] {
  const blocks: { type: NoticeBlock['type']; lines: string[] }[] = [];
  let open = false;
  for (const raw of markdown.replaceAll(/\r\n?/g, '\n').split('\n')) {
    const line = raw.trim();
    const type = ITEM.test(line) ? 'list' : 'paragraph';
    const heading = HEADING.exec(line);
    if (line === '') open = false;
    else if (heading !== null) {
      blocks.push({ type: 'paragraph', lines: [`**${heading[1] ?? ''}**`] });
      open = false;
    } else {
      const last = blocks.at(-1);
      const text = line.replace(ITEM, '');
      if (open && last?.type === type) last.lines.push(text);
      else blocks.push({ type, lines: [text] });
      open = true;
    }
  }
  return blocks;
}

// Bounded and without nesting, so that a long line of asterisks costs no more than its length.
const SPAN = /\*\*([^*\n]{1,500})\*\*|\*([^*\n]{1,500})\*|\[([^\][\n]{1,300})\]\((https:\/\/[^\s()<>"]{1,1000})\)/g;

function spans(line: string): SafeHtml {
  const pieces: SafeHtml[] = [];
  let at = 0;
  for (const match of line.matchAll(SPAN)) {
    const [whole, bold, italic, words, url] = match;
    pieces.push(markup`${line.slice(at, match.index)}`);
    if (bold !== undefined) pieces.push(markup`<strong>${bold}</strong>`);
    else if (italic !== undefined) pieces.push(markup`<em>${italic}</em>`);
    else pieces.push(markup`<a class="ink" href="${url ?? ''}" style="color:#18181b">${words ?? ''}</a>`);
    at = match.index + whole.length;
  }
  return markup`${[...pieces, markup`${line.slice(at)}`]}`;
}

function plain(line: string): string {
  return line.replaceAll(SPAN, (_whole, bold?: string, italic?: string, words?: string, url?: string) =>
    url === undefined ? (bold ?? italic ?? '') : `${words ?? ''} (${url})`,
  );
}
