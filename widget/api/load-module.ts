import { scriptUrl } from './script-base.ts';

const asked = new Map<string, Promise<unknown>>();

/** Fetches one of the modules beside the first script, once: `manage` lies at `parley/manage.js`. A failed try may be repeated. */
export function loadModule(name: string): void {
  if (asked.has(name)) return;
  const url = new URL(`parley/${name}.js`, scriptUrl || location.href).href;
  asked.set(
    name,
    import(/* @vite-ignore */ url).catch(() => asked.delete(name)),
  );
}
