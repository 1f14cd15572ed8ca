import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';

/** Hosts whose links are no contact details: the tenant's own sites, its rooms, and Parley itself. Subdomains count with them. */
export function ownDomains({ publicUrl }: Pick<Deps, 'publicUrl'>, caller: TenantCaller): string[] {
  const { allowedOrigins, roomUrl, brand } = caller.tenant.settings;
  const room = caller.kind === 'room' ? caller.person.room?.url : null;
  const addresses = [publicUrl, ...allowedOrigins, roomUrl?.replaceAll('{roomId}', 'room'), room, brand.logoUrl];
  const hosts = addresses.flatMap((address) => (address == null ? [] : [hostOf(address)]));
  return [...new Set(hosts)].filter((host) => host.includes('.'));
}

/** `https://*.example.com` stands for its subdomains and is taken as the domain itself. */
function hostOf(address: string): string {
  const url = address.replace('//*.', '//');
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}
