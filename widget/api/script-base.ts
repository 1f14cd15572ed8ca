/** Where the first script came from: the API answers at its origin, and further modules lie beside it. Empty when it is not known. */
export const scriptUrl: string = (document.currentScript as HTMLScriptElement | null)?.src ?? '';

/** Origin of the API: stated by the site, else the script's own. */
export function apiBase(stated: string | null): string {
  return new URL(stated ?? (scriptUrl || location.href), location.href).origin;
}
