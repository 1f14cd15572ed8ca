import { type MessageLanguageCode, messageLanguage, MESSAGE_LANGUAGES } from '../../../shared/i18n/message-language.ts';
import { escapeHtml } from '../escape-html.ts';
import { type HtmlPage, htmlPage } from '../html-page.ts';
import { GALLERY_NOW } from './cast.ts';
import type { GalleryGroup, GalleryState } from './gallery-state.ts';
import { patternOf } from './scripted-answers.ts';

/** How a state shall be looked at; what is null follows the reader. */
export interface GalleryLook {
  readonly lang: string | null;
  readonly theme: 'light' | 'dark' | null;
  /** Without the line above the element, for small pictures. */
  readonly bare: boolean;
}

/** Every state with a small picture of itself: the state's own page, seen from afar. */
export function galleryIndex(groups: readonly GalleryGroup[]): string {
  const figure = ({ name, title }: GalleryState) =>
    `<li><a href="/dev/widget?state=${name}">${escapeHtml(title)}</a><div class="thumb" inert><iframe src="/dev/widget?state=${name}&amp;bare=1" title="${escapeHtml(title)}" loading="lazy" tabindex="-1"></iframe></div></li>`;
  const sections = groups.map(
    ({ title, states }) => `<section><h2>${escapeHtml(title)}</h2><ul class="thumbs">${states.map(figure).join('')}</ul></section>`,
  );
  const body = `<h1>Widget gallery</h1><p>Every state of every element, played with the real element against scripted answers. Add <code>&amp;lang=ar</code> or <code>&amp;theme=dark</code> to an address.</p>${sections.join('')}`;
  return page({ title: 'Widget gallery', attributes: 'lang="en"', head: '', body });
}

/** One state: the real element, the player, and a line to find the next one. */
export function statePage(state: GalleryState, groups: readonly GalleryGroup[], { lang, theme, bare }: GalleryLook): string {
  const all = groups.flatMap(({ states }) => states);
  const place = all.indexOf(state);
  const addressOf = (to: GalleryState, language: string | null) =>
    `/dev/widget?${new URLSearchParams({ state: to.name, ...(language !== null && { lang: language }), ...(theme !== null && { theme }) }).toString()}`;
  const link = (to: GalleryState | undefined, text: string) =>
    to === undefined ? '' : `<a href="${escapeHtml(addressOf(to, lang))}">${text}</a>`;
  const head = `<script src="/dev/widget/player.js" data-state="${state.name}" data-now="${state.now ?? GALLERY_NOW}" data-steps="${escapeHtml(JSON.stringify(state.steps))}" data-silent="${escapeHtml(JSON.stringify((state.silent ?? []).map(patternOf)))}"></script>
<script async src="/parley.js"></script>`;
  const nav = `<nav aria-label="Gallery"><a href="/dev/widget">All states</a>${link(all[place - 1], 'Previous')}${link(all[place + 1], 'Next')}</nav>`;
  const heading = `<h1>${escapeHtml(state.title)}</h1>`;
  const languages = `<nav aria-label="Languages" class="languages">${CODES.map((code) => languageLink(code, addressOf(state, code), code === (lang ?? 'en'))).join('')}</nav>`;
  const attributes = [
    `lang="${escapeHtml(lang ?? 'en')}"`,
    `dir="${messageLanguage(lang ?? 'en').direction}"`,
    theme === null ? '' : `data-theme="${theme}"`,
    bare ? 'data-bare' : '',
  ];
  const body = `<header lang="en" dir="ltr">${heading}${nav}${languages}</header><main>${state.body(theme === null ? '' : `theme="${theme}"`)}</main>`;
  return page({ title: state.title, attributes: attributes.filter(Boolean).join(' '), head, body });
}

const CODES = Object.keys(MESSAGE_LANGUAGES) as MessageLanguageCode[];

/** A language by the name it has in itself. */
function languageLink(code: MessageLanguageCode, address: string, isSpoken: boolean): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return `<a href="${escapeHtml(address)}" lang="${code}" hreflang="${code}"${isSpoken ? ' aria-current="true"' : ''}>${escapeHtml(name)}</a>`;
}

function page({ head, ...page }: HtmlPage): string {
  return htmlPage({ ...page, head: `<link rel="stylesheet" href="/dev/widget/gallery.css">\n${head}` });
}

export const GALLERY_STYLE = `:root { color-scheme: light dark; }
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
body { margin: 0; padding: clamp(8px, 3vw, 32px); font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f4f4f1, #101216); color: CanvasText; }
body > * { max-width: 60rem; margin-inline: auto; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; margin-block-end: 1rem; }
h1 { flex: 1; font-size: 1.1rem; margin: 0; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
nav { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.languages { flex-basis: 100%; font-size: .875rem; }
.languages a:not([aria-current]) { text-decoration: none; }
.languages a:hover { text-decoration: underline; }
.languages [aria-current] { font-weight: 600; }
nav a, .thumbs a { color: inherit; min-height: 24px; }
[data-bare] header { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
body > section, body > p { max-width: 75rem; }
.thumbs { display: grid; grid-template-columns: repeat(auto-fill, 256px); gap: 1.5rem; padding: 0; list-style: none; }
.thumbs a { display: block; margin-block-end: .25rem; }
.thumb { width: 256px; height: 200px; overflow: hidden; border: 1px solid light-dark(#d6d6d0, #33373f); border-radius: 8px; }
.thumb iframe { width: 900px; height: 703px; border: 0; transform: scale(.2844); transform-origin: 0 0; }
`;
