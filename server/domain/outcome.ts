import type { CurrentNotice } from '../../shared/contract/notice.ts';
import type { Reason, SlotRefusal } from '../../shared/contract/reasons.ts';
import type { Finding } from '../../shared/contract/screen.ts';

/** What else a refusal says; each belongs to the reasons named in `docs/api.md`. */
export interface RefusalFacts {
  readonly detail?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly alternatives?: readonly { readonly start: string; readonly end: string }[];
  readonly notice?: CurrentNotice;
  readonly findings?: readonly Finding[];
  /** Told to hosts and secret keys only. */
  readonly slotRefusal?: SlotRefusal;
  readonly state?: string;
  readonly minutesLeft?: number;
  readonly retryAfterSeconds?: number;
}

export interface Refusal extends RefusalFacts {
  readonly ok: false;
  readonly reason: Reason;
}

/** Expected refusals are returned, from a closed list; surprises are thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal;

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(reason: Reason, facts: RefusalFacts = {}): Refusal {
  return { ok: false, reason, ...facts };
}

/** A refusal of one field, named by its dotted path. */
export function refuseField(path: string, message: string): Refusal {
  return refuse('validation_failed', { detail: `${path} ${message}`, issues: [{ path, message }] });
}
