import type { KeyScope } from '../../shared/contract/api-key.ts';
import type { Role, Stage } from '../../shared/contract/common.ts';
import type { TenantSettings } from '../../shared/contract/tenant.ts';

/** The tenant a credential belongs to, with its settings. */
export interface TenantFacts {
  readonly id: string;
  readonly settings: TenantSettings;
}

/** The person a room token speaks for. */
export interface RoomPerson {
  readonly sub: string;
  readonly name: string;
  readonly role: Role;
  /** The one host this token opens. */
  readonly hostId: string;
  readonly room: { readonly id: string; readonly stage: Stage; readonly url: string | null } | null;
  /** When the marketplace said so; the newer statement of a room's stage wins. */
  readonly issuedAtMs: number;
  readonly email: string | null;
  readonly phone: string | null;
  readonly timeZone: string | null;
  readonly locale: string | null;
}

/** Whoever calls, once the credential has been checked. */
export type Caller =
  | { readonly kind: 'admin' }
  | { readonly kind: 'secret'; readonly tenant: TenantFacts; readonly keyId: string; readonly scopes: readonly KeyScope[] }
  | { readonly kind: 'publishable'; readonly tenant: TenantFacts; readonly keyId: string }
  | { readonly kind: 'room'; readonly tenant: TenantFacts; readonly keyId: string; readonly person: RoomPerson }
  | {
      readonly kind: 'manage';
      readonly tenant: TenantFacts;
      readonly bookingId: string;
      readonly party: Role;
      readonly hostId: string | null;
    };

/** Every caller but the operator, who belongs to no tenant. */
export type TenantCaller = Exclude<Caller, { kind: 'admin' }>;
