/**
 * Whether a browser's `Origin` may use the tenant's publishable key: one of `allowedOrigins` by scheme, host and port, a subdomain of a
 * `https://*.example.com` entry, or our own pages. Requests without an Origin come from no foreign page (RFC 6454).
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[], publicUrl: string): boolean {
  if (origin === undefined) return true;
  const asked = normalise(origin);
  if (asked === null) return false;
  return asked === normalise(publicUrl) || allowed.some((entry) => matches(asked, entry));
}

function matches(asked: string, entry: string): boolean {
  const wildcard = /^(https?:\/\/)\*\.(.+)$/.exec(entry);
  if (wildcard === null) return asked === normalise(entry);
  const [, scheme, rest] = wildcard;
  const base = normalise(`${scheme}${rest}`);
  if (base === null || !asked.startsWith(scheme ?? '')) return false;
  return asked.endsWith(`.${base.slice((scheme ?? '').length)}`);
}

/** Lower case, default ports dropped; null for what is no origin. */
function normalise(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).origin : null;
}
