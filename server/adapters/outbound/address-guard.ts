import { BlockList, isIP, isIPv4 } from 'node:net';

/** Says whether a connection to an IP address (without brackets or port) may be made. */
export interface AddressGuard {
  readonly permits: (address: string) => boolean;
}

/**
 * Permits public unicast addresses and what `allow` lists (CIDR ranges such as `10.1.0.0/16`, or single addresses). Everything else is
 * refused: loopback, private, link-local (with the metadata service 169.254.169.254), shared, documentation, multicast and reserved
 * ranges. An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is judged by the one it carries. A RangeError for a range that
 * is none. Source: the IANA special-purpose address registries (RFC 6890).
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const allowed = blockListOf(allow);
  return {
    permits(address) {
      const carried = carriedIPv4(address);
      if (carried !== null) return inList(allowed, carried) || inList(allowed, address) || !inList(REFUSED, carried);
      if (inList(allowed, address)) return true;
      if (isIPv4(address)) return !inList(REFUSED, address);
      return isIP(address) === 6 && inList(GLOBAL_IPV6, address) && !inList(REFUSED, address);
    },
  };
}

const REFUSED = blockListOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
]);

/** All unicast addresses handed out so far; what lies outside (::1, fc00::/7, fe80::/10, ff00::/8) is never public. */
const GLOBAL_IPV6 = blockListOf(['2000::/3']);

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.trim().split('/');
    const version = isIP(address);
    const prefix = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
    if (version === 0 || bits === '' || !Number.isInteger(prefix)) throw new RangeError(`"${range}" is no address range`);
    list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function inList(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** The IPv4 address inside `::ffff:0:0/96`, `::/96`, `64:ff9b::/96` or `2002::/16`; null for all others. */
function carriedIPv4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const groups = groupsOf(address);
  const [first = 0, second = 0] = groups;
  const last = groups.slice(6);
  if (first === 0x2002) return dotted(groups.slice(1, 3));
  const nat64 = first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || groups[5] === 0);
  return nat64 || mapped ? dotted(last) : null;
}

function groupsOf(address: string): number[] {
  const bare = address.split('%')[0] ?? '';
  const hex = bare.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = hex.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
}

function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups;
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
