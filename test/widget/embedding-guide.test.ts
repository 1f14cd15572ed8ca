import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../server/http/version.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const guide = read('docs/embedding.md');
/** The whole widget as text, without comments: a name that stands in a comment alone is no name. */
const code = readdirSync(`${ROOT}widget`, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|tsx|css)$/.test(path))
  .map((path) => read(`widget/${path}`).replaceAll(/\/\*.*?\*\//gs, ''))
  .join('\n');

const sections = guide.split(/^#{2,3} /m).filter((section) => section.startsWith('`<parley-'));
const namesIn = (text: string) => [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
const sentence = (section: string, word: string) =>
  new RegExp(`^(?:.*\\. )?${word}: ([^]*?)(?:\\. [A-Z]|\\.$)`, 'm').exec(section)?.[1] ?? '';

describe('the guide to embedding', () => {
  test('speaks of elements that exist', () => {
    expect(sections.length).toBeGreaterThanOrEqual(5);
    for (const section of sections) {
      const tag = /parley-[a-z]+/.exec(section)?.[0] ?? '';
      expect(() => read(`widget/elements/${tag}.tsx`), tag).not.toThrow();
    }
  });

  test('names attributes, events, parts and properties that the code knows', () => {
    const unknown: string[] = [];
    for (const section of sections) {
      const attributes = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name = '']) => name);
      const events = namesIn(section).filter((name) => name.startsWith('parley:'));
      const parts = namesIn(sentence(section, 'Parts'));
      expect(attributes.length, section).toBeGreaterThan(0);
      expect(events.length, section).toBeGreaterThan(0);
      expect(parts.length, section).toBeGreaterThan(0);
      for (const name of attributes) if (!new RegExp(`['"]${name}['"]`).test(code)) unknown.push(`attribute ${name}`);
      for (const name of events) {
        const short = name.slice('parley:'.length);
        if (!new RegExp(`['"]?\\b${short}['"]?[:,]|['"]${name}['"]`).test(code)) unknown.push(`event ${name}`);
      }
      for (const name of parts) if (!new RegExp(`part=(\\{.*)?["'](.* )?${name}["' ]`).test(code)) unknown.push(`part ${name}`);
    }
    expect(unknown).toEqual([]);
  });

  test('names every custom property that there is, and the version that there is', () => {
    const inCode = new Set([...code.matchAll(/var\(\s*(--parley-[a-z-]+)/g)].map(([, name]) => name));
    const inGuide = new Set([...guide.matchAll(/^\| `(--parley-[a-z-]+)`/gm)].map(([, name]) => name));
    expect(inGuide).toEqual(inCode);
    expect(new Set([...guide.matchAll(/\/parley\/([\d.]+)\/parley\.js/g)].map(([, version]) => version))).toEqual(new Set([VERSION]));
  });

  test('shows pictures that are there, and says what the widget says', () => {
    for (const [, path = ''] of guide.matchAll(/\]\((pictures\/[^)]+)\)/g)) expect(() => read(`docs/${path}`), path).not.toThrow();
    const texts = read('widget/i18n/en.ts') + read('widget/i18n/en-book.ts');
    for (const [, said = ''] of guide.matchAll(/^\| "([^"]+)" /gm)) expect(texts).toContain(said);
  });
});
