import type { KeyScope } from '../../shared/contract/api-key.ts';
import type { Role } from '../../shared/contract/common.ts';
import type { Caller } from '../flows/caller.ts';

/**
 * Who may call a route. `secret` names the scope a secret key needs; `room` and `manage` the roles. A room token is sent
 * beside a publishable key, so a route that allows `publishable` allows every room token too.
 */
export interface Allow {
  readonly admin?: true;
  readonly secret?: KeyScope;
  readonly publishable?: true;
  readonly room?: readonly Role[];
  readonly manage?: readonly Role[];
  readonly anybody?: true;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    allow?: Allow;
    /** A verb that changes no slots, so kept answers stay. */
    leavesSlots?: true;
    /** A verb that changes what hosts have before them, but neither keys nor rules, so those stay kept. */
    leavesRules?: true;
    /** What a body may hold at most, in words, for whoever sends too much. */
    mostEntries?: string;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Whether the route's rule lets this caller in. */
export function isAllowed(allow: Allow, caller: Caller): boolean {
  switch (caller.kind) {
    case 'admin':
      return allow.admin === true;
    case 'secret':
      return allow.secret !== undefined && hasScope(caller.scopes, allow.secret);
    case 'publishable':
      return allow.publishable === true;
    case 'room':
      return allow.publishable === true || (allow.room?.includes(caller.person.role) ?? false);
    case 'manage':
      return allow.manage?.includes(caller.party) ?? false;
    default:
      return caller satisfies never;
  }
}

/** Whether "why is this time not offered" may be told: a reason would publish the host's diary to others. */
export function tellsSlotReasons(caller: Caller | null): boolean {
  if (caller === null) return false;
  return (
    caller.kind === 'secret' ||
    (caller.kind === 'room' && caller.person.role === 'host') ||
    (caller.kind === 'manage' && caller.party === 'host')
  );
}

/** `admin` includes `write`, `write` includes `read`. */
function hasScope(scopes: readonly KeyScope[], needed: KeyScope): boolean {
  const rank: Record<KeyScope, number> = { read: 0, write: 1, admin: 2 };
  return scopes.some((scope) => rank[scope] >= rank[needed]);
}
