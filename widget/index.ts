import './custom-elements.ts';
import { loadModule } from './api/load-module.ts';
import { scriptTag } from './api/script-base.ts';
import { ParleyScheduler } from './elements/parley-scheduler.tsx';
import { sharedModules } from './shared-modules.ts';

/** Names whose code was asked for; one that cannot be had is asked for again when the page changes later. */
const asked = new Set<string>();
const page = () => loadModule<typeof import('./on-demand/page.ts')>('page');

// A page that pastes the script twice keeps the first.
if (window.Parley === undefined) {
  window.Parley = Object.freeze({
    version: '0.1.0',
    modules: sharedModules,
    open: async (attributes: Readonly<Record<string, string>>) => (await page()).openOnPage(attributes),
    renewTokens: async (token: string) => (await page()).renewTokens(token),
  });
  customElements.define('parley-scheduler', ParleyScheduler);
  new MutationObserver(fetchMissing).observe(document, { childList: true, subtree: true });
  fetchMissing();
}
const tag = scriptTag;
if (tag?.dataset['publishableKey']) void page().then(({ embedFor }) => embedFor(tag));

/** The code of every other element is fetched when the first of its kind is on the page: that of `<parley-notice>` is the module `notice`. */
function fetchMissing(): void {
  for (const { localName } of document.querySelectorAll(':not(:defined)')) {
    const name = localName.slice(7);
    if (!localName.startsWith('parley-') || asked.has(name)) continue;
    asked.add(name);
    loadModule(name).catch(() => setTimeout(() => asked.delete(name), 10_000));
  }
}
