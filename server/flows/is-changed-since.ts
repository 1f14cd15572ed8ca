/**
 * Whether a resource is another than the one a caller has seen. `seen` is an `If-Match` header (RFC 9110, 13.1.1): the resource's `updatedAt` in
 * quotes, several of them, or `*`. Without one the caller does not mind.
 */
export function isChangedSince(seen: string | undefined, updatedAt: Date): boolean {
  if (seen === undefined || seen.trim() === '*') return false;
  return !seen.split(',').some((tag) => Date.parse(tag.trim().replace(/^W\//, '').replaceAll('"', '')) === updatedAt.getTime());
}

/** What the refusal then says. */
export const CHANGED_SINCE = { detail: 'It was changed since the version that If-Match names; read it again.' };
