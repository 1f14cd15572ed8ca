/** The tag that brought the first script; `null` when that is not known. */
export const scriptTag = document.currentScript as HTMLScriptElement | null;

/** Where the first script came from: the API answers at its origin, and further modules lie beside it. Empty when it is not known. */
export const scriptUrl: string = scriptTag?.src ?? '';

/** Origin of the API: stated by the site, else the script's own. */
export function apiBase(stated: string | null): string {
  return new URL(stated ?? (scriptUrl || location.href), location.href).origin;
}
