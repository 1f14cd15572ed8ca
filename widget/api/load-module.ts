import { scriptUrl } from './script-base.ts';

const asked = new Map<string, Promise<unknown>>();
let failures = 0;

/**
 * Fetches one of the modules beside the first script, once: `manage` lies at `parley/manage.js`. Rejects when it cannot be had; the next call
 * then tries again, at another address, because some browsers remember a failed one for as long as the page lives.
 */
export function loadModule<T>(name: string): Promise<T> {
  const known = asked.get(name);
  if (known !== undefined) return known as Promise<T>;
  const url = new URL(`parley/${name}.js${failures > 0 ? `?${failures}` : ''}`, scriptUrl || location.href).href;
  const module = import(/* @vite-ignore */ url) as Promise<T>;
  asked.set(name, module);
  module.catch(() => {
    failures += 1;
    asked.delete(name);
  });
  return module;
}
