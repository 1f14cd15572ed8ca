import type { ParleyElement } from './parley-element.ts';

/** Lets every element speak another language when the page around changes its own, as single-page sites do; also when it did before this was there. */
export function followPageLanguage(): void {
  /** An element may stand in another one, as the scheduler does in a window or in the list of meetings. */
  const follow = (around: ParentNode) => {
    for (const element of around.querySelectorAll('*')) {
      if (!element.localName.startsWith('parley-')) continue;
      (element as Partial<ParleyElement>).follow?.();
      if (element.shadowRoot !== null) follow(element.shadowRoot);
    }
  };
  follow(document);
  new MutationObserver(() => follow(document)).observe(document.documentElement, { subtree: true, attributeFilter: ['lang'] });
}
