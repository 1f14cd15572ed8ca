import './parley-global.ts';
import { moduleUrl, scriptUrl } from './api/script-base.ts';
import { ParleyAcknowledge } from './elements/parley-acknowledge.tsx';
import { ParleyNotice } from './elements/parley-notice.tsx';
import { ParleyScheduler } from './elements/parley-scheduler.tsx';

const FIRST = { 'parley-scheduler': ParleyScheduler, 'parley-notice': ParleyNotice, 'parley-acknowledge': ParleyAcknowledge };
/** Elements whose code is fetched when one of them is on the page, by the module that defines them. */
const ON_DEMAND: Readonly<Record<string, string>> = { 'parley-manage': 'manage' };

// A page that pastes the script twice keeps the first.
if (window.Parley === undefined) {
  window.Parley = Object.freeze({ version: '0.1.0', scriptUrl });
  for (const [name, element] of Object.entries(FIRST)) if (customElements.get(name) === undefined) customElements.define(name, element);
  fetchOnDemand();
}

function fetchOnDemand(): void {
  const waiting = new Map(Object.entries(ON_DEMAND));
  const look = () => {
    for (const [name, module] of waiting) {
      if (document.querySelector(name) === null) continue;
      waiting.delete(name);
      void import(/* @vite-ignore */ moduleUrl(module));
    }
    if (waiting.size === 0) watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true });
  look();
}
