/**
 * Where the first script came from: the API answers at its origin, and further modules lie beside it. Modules fetched later have no
 * `currentScript` and read what the first one noted. Empty when it is not known.
 */
export const scriptUrl: string = (document.currentScript as HTMLScriptElement | null)?.src ?? window.Parley?.scriptUrl ?? '';

/** Origin of the API: stated by the site, else the script's own. */
export function apiBase(stated: string | null): string {
  return new URL(stated ?? (scriptUrl || location.href), location.href).origin;
}

/** Address of a module fetched on demand: `manage` lies at `parley/manage.js` beside the script. */
export function moduleUrl(name: string): string {
  return new URL(`parley/${name}.js`, scriptUrl || location.href).href;
}
