import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Circumstances } from '../flows/acknowledge.ts';
import { tenantCaller } from './answer.ts';

/** What the connection says, as far as the tenant keeps it: `off` nothing, `truncated` the network, `hmac` a keyed hash per tenant. Never identity. */
export function readCircumstances(request: FastifyRequest): Circumstances {
  const caller = tenantCaller(request);
  if (caller.kind === 'secret') return { ip: null, userAgentFamily: null };
  const { ipPolicy } = caller.tenant.settings;
  const ip =
    ipPolicy === 'off'
      ? null
      : ipPolicy === 'truncated'
        ? truncate(request.ip)
        : createHmac('sha256', caller.tenant.id).update(request.ip).digest('hex').slice(0, 32);
  return { ip, userAgentFamily: familyOf(request.headers['user-agent'] ?? '') };
}

/** Keeps /24 of IPv4 and /48 of IPv6. */
function truncate(ip: string): string | null {
  const v4 = ip.replace(/^::ffff:/i, '');
  if (isIPv4(v4)) return `${v4.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(ip)) return null;
  const [left = '', right = ''] = ip.split('%')[0]?.split('::') ?? [];
  const head = left === '' ? [] : left.split(':');
  const tail = right === '' ? [] : right.split(':');
  const groups = [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail];
  return `${groups.slice(0, 3).join(':')}::/48`;
}

function familyOf(userAgent: string): string | null {
  return ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((family) => userAgent.includes(`${family}/`)) ?? null;
}
