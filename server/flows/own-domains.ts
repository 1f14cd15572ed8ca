import type { TenantSettings } from '../../shared/contract/tenant.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';

type Sites = Pick<TenantSettings, 'allowedOrigins' | 'roomUrl' | 'brand'>;

/** Hosts whose links are no contact details: the tenant's own sites, its rooms, and Parley itself. Subdomains count with them. */
export function ownDomains({ publicUrl }: Pick<Deps, 'publicUrl'>, settings: Sites, roomUrl: string | null): string[] {
  const { allowedOrigins, brand } = settings;
  const addresses = [publicUrl, ...allowedOrigins, settings.roomUrl?.replaceAll('{roomId}', 'room'), roomUrl, brand.logoUrl];
  const hosts = addresses.flatMap((address) => (address == null ? [] : [hostOf(address)]));
  return [...new Set(hosts)].filter((host) => host.includes('.'));
}

/** The same for whoever calls, with the room their token names. */
export function domainsOf(deps: Pick<Deps, 'publicUrl'>, caller: TenantCaller): string[] {
  return ownDomains(deps, caller.tenant.settings, caller.kind === 'room' ? (caller.person.room?.url ?? null) : null);
}

/** Asked again and again about the same few addresses. */
const known = new Map<string, string>();
const MOST_KNOWN = 1000;

/** `https://*.example.com` stands for its subdomains and is taken as the domain itself. */
function hostOf(address: string): string {
  const kept = known.get(address);
  if (kept !== undefined) return kept;
  const host = URL.parse(address.replace('//*.', '//'))?.hostname.toLowerCase() ?? '';
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(address, host);
  return host;
}
