import type { ParleyElement } from './parley-element.ts';

/** Lets every element speak another language when the page around changes its own, as single-page sites do. */
export function followPageLanguage(): void {
  new MutationObserver(() => {
    for (const element of document.querySelectorAll('*'))
      if (element.localName.startsWith('parley-')) (element as Partial<ParleyElement>).follow?.();
  }).observe(document.documentElement, { subtree: true, attributeFilter: ['lang'] });
}
