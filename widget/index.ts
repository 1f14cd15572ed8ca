import './custom-elements.ts';
import './parley-global.ts';
import { loadModule } from './api/load-module.ts';
import { ParleyScheduler } from './elements/parley-scheduler.tsx';
import { sharedModules } from './shared-modules.ts';

// A page that pastes the script twice keeps the first.
if (window.Parley === undefined) {
  window.Parley = Object.freeze({ version: '0.1.0', modules: sharedModules });
  customElements.define('parley-scheduler', ParleyScheduler);
  new MutationObserver(fetchMissing).observe(document, { childList: true, subtree: true });
  fetchMissing();
}

/** The code of every other element is fetched when the first of its kind is on the page: that of `<parley-notice>` is the module `notice`. */
function fetchMissing(): void {
  for (const { localName } of document.querySelectorAll(':not(:defined)')) {
    const [prefix, ...name] = localName.split('-');
    if (prefix === 'parley') loadModule(name.join('-')).catch(() => {});
  }
}
