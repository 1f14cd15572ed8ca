import './custom-elements.ts';
import './parley-global.ts';
import { loadModule } from './api/load-module.ts';
import { ParleyScheduler } from './elements/parley-scheduler.tsx';
import { sharedModules } from './shared-modules.ts';

/** Elements whose code is fetched when one of them is first on the page, with the module that defines them. */
const ON_DEMAND: Readonly<Record<string, string>> = {
  'parley-notice': 'terms',
  'parley-acknowledge': 'terms',
  'parley-manage': 'manage',
};

// A page that pastes the script twice keeps the first.
if (window.Parley === undefined) {
  window.Parley = Object.freeze({ version: '0.1.0', modules: sharedModules });
  customElements.define('parley-scheduler', ParleyScheduler);
  const look = () => {
    for (const [tag, module] of Object.entries(ON_DEMAND)) if (document.querySelector(tag) !== null) loadModule(module);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}
