import type { ParleyScheduler } from './parley-scheduler.tsx';

/**
 * Opens a scheduler in a window over the page, as `window.Parley.open` does: `attributes` are those of `<parley-scheduler>`. Resolves with the
 * element, whose events tell what happened; it leaves the page when its window is shut.
 */
export async function openOnPage(attributes: Readonly<Record<string, string>>): Promise<ParleyScheduler> {
  const element = document.createElement('parley-scheduler') as ParleyScheduler;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.setAttribute('mode', 'popup');
  document.body.append(element);
  await element.open();
  element.shadowRoot?.querySelector('dialog')?.addEventListener('close', () => element.remove());
  return element;
}

/**
 * Puts an element where a site may paste nothing but the script: `data-` attributes of the script tag become the element's attributes.
 * `data-element` is its name (`scheduler` unless set), `data-target` a selector of the place; without one it stands where the script stands,
 * or at the end of the page.
 */
export function embedFor(script: HTMLScriptElement): void {
  const { element = 'scheduler', target, ...attributes } = script.dataset;
  const put = () => {
    const made = document.createElement(`parley-${element}`);
    for (const [name, value = ''] of Object.entries(attributes))
      made.setAttribute(
        name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        value,
      );
    const place = target === undefined ? null : document.querySelector(target);
    if (place !== null) place.append(made);
    else if (script.parentElement?.closest('body')) script.after(made);
    else document.body.append(made);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', put, { once: true });
  else put();
}

/** Gives a renewed room token to every element of the page, as an answer to `parley:token-expired`. */
export function renewTokens(token: string): void {
  for (const element of document.querySelectorAll('[room-token]'))
    if (element.localName.startsWith('parley-')) element.setAttribute('room-token', token);
}
