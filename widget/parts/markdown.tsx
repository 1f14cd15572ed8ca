import type { ComponentChildren } from 'preact';

/**
 * Draws the small Markdown subset of notices as elements: paragraphs, line breaks, `- ` and `1. ` lists, `**bold**`, `*emphasis*`, `` `code` ``
 * and `[text](https://...)`. Text never becomes HTML, so a page with Trusted Types takes it, and a link goes to http, https or mailto only.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .trim()
        .split(/\n\s*\n/)
        .map(block)}
    </>
  );
}

function block(text: string) {
  const lines = text.split('\n').map((line) => line.trim().replace(/^#{1,6}\s+/, ''));
  const isList = (mark: RegExp) => lines.every((line) => mark.test(line));
  const items = (mark: RegExp) => lines.map((line) => <li>{spans(line.replace(mark, ''))}</li>);
  if (isList(/^[-*]\s+/)) return <ul>{items(/^[-*]\s+/)}</ul>;
  if (isList(/^\d+\.\s+/)) return <ol>{items(/^\d+\.\s+/)}</ol>;
  return <p>{lines.flatMap((line, index) => (index === 0 ? spans(line) : [<br />, ...spans(line)]))}</p>;
}

const SPAN = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\(((?:https?:\/\/|mailto:)[^\s)]+)\)/g;

function spans(text: string): ComponentChildren[] {
  const out: ComponentChildren[] = [];
  let end = 0;
  for (const found of text.matchAll(SPAN)) {
    const [whole, bold, emphasis, code, label, href = ''] = found;
    out.push(text.slice(end, found.index));
    if (bold !== undefined) out.push(<strong>{bold}</strong>);
    else if (emphasis !== undefined) out.push(<em>{emphasis}</em>);
    else if (code !== undefined) out.push(<code>{code}</code>);
    else
      out.push(
        <a href={href} target="_blank" rel="noopener noreferrer">
          {label}
        </a>,
      );
    end = found.index + whole.length;
  }
  out.push(text.slice(end));
  return out;
}
