import type { Issues } from './find-issues.ts';

/** An outside calendar account as the API answers it, as far as the settings show it. */
export interface Connection {
  readonly id: string;
  readonly provider: Provider;
  readonly account: string;
  readonly status: 'ok' | 'failing' | 'disconnected';
  readonly checkedAt: string | null;
  readonly calendars: readonly { readonly id: string; readonly name: string; readonly writable: boolean; readonly blocks: boolean }[];
  readonly writeCalendarId: string | null;
  readonly failureMode: 'hide' | 'lastKnown';
  readonly treatAsBusy: Readonly<Record<BusyKind, boolean>>;
}

export type Provider = 'google' | 'microsoft' | 'caldav' | 'ics' | 'simulated';
/** What else may count as busy, in the order it is listed. */
export const BUSY_KINDS = ['tentative', 'unanswered', 'outOfOffice', 'workingElsewhere', 'allDay'] as const;
export type BusyKind = (typeof BUSY_KINDS)[number];

/** Where a host sends calendars from: google and microsoft ask on pages of their own. */
export const CONNECTABLE = ['google', 'microsoft', 'caldav', 'ics'] as const;
export type Connectable = (typeof CONNECTABLE)[number];

export interface ConnectionChange {
  readonly calendars?: readonly { readonly id: string; readonly blocks: boolean }[];
  readonly writeCalendarId?: string | null;
  readonly failureMode?: Connection['failureMode'];
  readonly treatAsBusy?: Partial<Record<BusyKind, boolean>>;
}

/** A form being filled in: what is read is told before anything is connected. */
export interface ConnectForm {
  readonly provider: Connectable;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly isWriting: boolean;
  readonly isBusy: boolean;
  readonly issues: Issues;
}

export interface Calendars {
  /** `absent` where the server knows no connections: then there is no such section. */
  readonly status: 'unknown' | 'absent' | 'ready';
  readonly list: readonly Connection[];
  readonly form: ConnectForm | null;
  readonly busyId: string | null;
  /** The connection that a second press disconnects. */
  readonly askedId: string | null;
  readonly hasFailed: boolean;
}

export const NO_CALENDARS: Calendars = { status: 'unknown', list: [], form: null, busyId: null, askedId: null, hasFailed: false };

/** An empty form for one kind of calendar. */
export function newConnectForm(provider: Connectable): ConnectForm {
  return { provider, url: '', username: '', password: '', isWriting: false, isBusy: false, issues: {} };
}
