import type { Block, MessageDocument } from './message-document.ts';
import { noticeToText } from './notice-markup.ts';

/** A message as plain text: what programs without HTML, screen readers and spam filters read. Lines are LF; addresses stand alone. */
export function documentToText(document: MessageDocument): string {
  const parts = [document.heading, document.lead, ...document.blocks.map(blockToText), ['--', ...document.footer].join('\n')];
  return `${parts
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll(CONTROL, '')}\n`;
}

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function blockToText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'rows':
      // A time that no longer holds is put in brackets: plain text knows no strike-through.
      return block.rows
        .map(({ label, value, aside, look }) => {
          const shown = look === 'struck' ? `(${value})` : value;
          // A question ends with its own mark.
          return `${label}${/[?:؟？：]\s*$/u.test(label) ? '' : ':'} ${indented(aside === undefined ? shown : `${shown}\n${aside}`)}`;
        })
        .join('\n');
    case 'quote':
      return `${block.label}:\n${block.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'notice':
      return noticeToText(block.markdown);
    case 'code':
      return block.code;
    case 'button':
      return `${block.link.label}:\n${block.link.url}`;
    case 'links':
      return [...(block.label === '' ? [] : [`${block.label}:`]), ...block.links.map((link) => `${link.label}: ${link.url}`)].join('\n');
    default:
      return block satisfies never;
  }
}

function indented(value: string): string {
  return value.replaceAll(/\r\n?|\n/g, '\n  ');
}
