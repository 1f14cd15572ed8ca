import { brandColors } from './brand-colors.ts';
import { markup, SafeHtml } from './markup.ts';
import type { Brand } from './message-data.ts';
import type { Block, DocumentLink, MessageDocument } from './message-document.ts';
import { MESSAGE_CSS } from './message-css.ts';
import { noticeToHtml } from './notice-markup.ts';

/**
 * A message as an HTML document. Colours stand inline for programs that drop style sheets; the sheet adds the dark ones. Tables only
 * centre the card, for Outlook on Windows; everything else is blocks, so 280 px suffice. No script, no font, no picture but the logo.
 */
export function documentToHtml(document: MessageDocument): string {
  const { direction } = document;
  const align = sideOf(document);
  const accent = brandColors(document.brand.color).background;
  return markup`<!doctype html>
<html lang="${document.language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${document.subject}</title>
<style>${new SafeHtml(MESSAGE_CSS)}</style>
</head>
<body class="page" dir="${direction}" style="margin:0;padding:0;background:#f4f4f5;color:#18181b;${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${document.lead}</div>
<table ${TABLE} width="100%"><tr><td align="center" class="edge" style="padding:24px 12px">
<table ${TABLE} width="560" style="width:100%;max-width:560px"><tr>
<td dir="${direction}" align="${align}" class="card" style="${CARD};border-top:4px solid ${accent};${FONT}">
${brandLine(document.brand)}
<h1 class="ink" style="margin:0 0 8px;font-size:24px;line-height:1.25;font-weight:700;${INK}">${document.heading}</h1>
<p class="ink" style="margin:0 0 20px;${INK}">${document.lead}</p>
${document.blocks.map((block) => blockToHtml(block, document))}</td>
</tr><tr>
<td dir="${direction}" align="${align}" class="soft" style="padding:16px 24px;font-size:13px;line-height:1.5;${SOFT};${FONT}">
${document.footer.map((line) => markup`<p style="margin:0 0 4px">${line}</p>\n`)}</td>
</tr></table>
</td></tr></table>
</body>
</html>
`.toString();
}

const INK = new SafeHtml('color:#18181b');
const SOFT = new SafeHtml('color:#52525b');
const CARD = new SafeHtml('background:#ffffff;border:1px solid #e4e4e7;border-radius:12px;padding:24px;font-size:16px;line-height:1.5');
const BOX = new SafeHtml('margin:0 0 20px;background:#fafafa;border:1px solid #e4e4e7;border-radius:8px;overflow-wrap:anywhere');
const TABLE = new SafeHtml('role="presentation" cellpadding="0" cellspacing="0" border="0"');
const FONT = new SafeHtml(
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic','Noto Sans Devanagari','Noto Sans JP',Arial,sans-serif",
);

function brandLine(brand: Brand): SafeHtml {
  const logo = brand.logoUrl !== null && brand.logoUrl.startsWith('https://') ? brand.logoUrl : null;
  if (logo === null) return markup`<p class="soft" style="margin:0 0 16px;font-size:14px;font-weight:600;${SOFT}">${brand.name}</p>`;
  return markup`<p style="margin:0 0 16px"><img src="${logo}" alt="${brand.name}" height="32" style="height:32px;max-width:200px;border:0"></p>`;
}

/** A stranger's text runs in its own direction (`dir="auto"`) but stands on the side where the others stand. */
function sideOf(document: MessageDocument): 'left' | 'right' {
  return document.direction === 'rtl' ? 'right' : 'left';
}

function blockToHtml(block: Block, document: MessageDocument): SafeHtml {
  const { brand } = document;
  const side = sideOf(document);
  switch (block.type) {
    case 'paragraph':
      return markup`<p class="ink" style="margin:0 0 20px;${INK}">${block.text}</p>\n`;
    case 'rows':
      return markup`<div class="box" style="${BOX};padding:16px 16px 4px">\n${block.rows.map((row) => {
        const text = lines(row.value);
        const value = row.look === 'struck' ? markup`<s>${text}</s>` : row.look === 'strong' ? markup`<strong>${text}</strong>` : text;
        const margin = row.aside === undefined ? 12 : 0;
        return markup`${caption(row.label, side)}<p class="ink" dir="auto" style="margin:0 0 ${margin}px;text-align:${side};${INK}">${value}</p>\n${
          row.aside === undefined ? null : caption(row.aside, side, 12)
        }`;
      })}</div>\n`;
    case 'quote': {
      const bar = brandColors(brand.color).background;
      return markup`<div style="margin:0 0 20px;padding-inline-start:12px;border-inline-start:3px solid ${bar};overflow-wrap:anywhere">
${caption(block.label, side)}<p class="ink" dir="auto" style="margin:0;text-align:${side};${INK}">${lines(block.text)}</p></div>\n`;
    }
    case 'list':
      return markup`<ul style="margin:0 0 20px;padding-inline-start:20px">${block.items.map(
        (item) => markup`<li class="ink" style="margin:0 0 6px;${INK}">${item}</li>`,
      )}</ul>\n`;
    case 'notice':
      return markup`<div class="box ink" style="${BOX};padding:16px 16px 0;${INK}">${noticeToHtml(block.markdown)}</div>\n`;
    case 'code':
      return markup`<p class="ink" dir="ltr" style="margin:0 0 20px;font-size:32px;line-height:1.2;font-weight:700;letter-spacing:0.15em;${INK}">${block.code}</p>\n`;
    case 'button':
      return button(block.link, brand);
    case 'links':
      return markup`${block.label === '' ? null : caption(block.label, side)}<p style="margin:0 0 16px;line-height:2">${block.links.map(
        (link, index) =>
          markup`${index === 0 ? null : markup` &middot; `}<a class="ink" href="${safeUrl(link.url)}" style="white-space:nowrap;${INK}">${link.label}</a>`,
      )}</p>\n`;
    default:
      return block satisfies never;
  }
}

function caption(label: string, side: string, below = 0): SafeHtml {
  return markup`<p class="soft" dir="auto" style="margin:0 0 ${below}px;text-align:${side};font-size:13px;${SOFT}">${label}</p>\n`;
}

function button(link: DocumentLink, brand: Brand): SafeHtml {
  const { background, text } = brandColors(brand.color);
  const look = `padding:12px 20px;background:${background};color:${text};border:1px solid ${background};border-radius:8px`;
  return markup`<p style="margin:0 0 20px"><a href="${safeUrl(link.url)}" style="display:inline-block;${look};font-weight:600;text-decoration:none">${link.label}</a></p>\n`;
}

/** Line ends become breaks, and a line that is a web address becomes a link to itself. */
function lines(text: string): SafeHtml {
  const pieces = text
    .split(/\r\n?|\n/)
    .map((line) => (isWebAddress(line) ? markup`<a class="ink" href="${line}" style="${INK}">${line}</a>` : markup`${line}`));
  return markup`${pieces.flatMap((piece, index) => (index === 0 ? [piece] : [markup`<br>`, piece]))}`;
}

function isWebAddress(line: string): boolean {
  return /^https?:\/\/[^\s<>"]{3,2000}$/.test(line);
}

/** Our own links are http or https; anything else would be a mistake, and a dead link is the harmless way to show it. */
function safeUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}
