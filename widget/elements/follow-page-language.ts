import type { ParleyElement } from './parley-element.ts';

/** Lets every element speak another language when the page around changes its own, as single-page sites do; also when it did before this was there. */
export function followPageLanguage(): void {
  const follow = () => {
    for (const element of document.querySelectorAll('*'))
      if (element.localName.startsWith('parley-')) (element as Partial<ParleyElement>).follow?.();
  };
  follow();
  new MutationObserver(follow).observe(document.documentElement, { subtree: true, attributeFilter: ['lang'] });
}
