import type { Connection, ConnectionAccess } from '../../../shared/contract/connection.ts';
import type { Issue, Issues } from './find-issues.ts';

/** What else may count as busy, in the order it is listed. */
export const BUSY_KINDS = [
  'tentative',
  'unanswered',
  'outOfOffice',
  'workingElsewhere',
  'allDay',
] as const satisfies readonly (keyof Connection['treatAsBusy'])[];

/** Where a host sends calendars from: google and microsoft ask on pages of their own. */
export const CONNECTABLE = ['google', 'microsoft', 'caldav', 'ics'] as const;
export type Connectable = (typeof CONNECTABLE)[number];
export type ConsentProvider = 'google' | 'microsoft';

/** A form being filled in: what is read is told before anything is connected. */
export interface ConnectForm {
  readonly provider: Connectable;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** What a provider with a page of its own is asked for. */
  readonly access: ConnectionAccess;
  /** Where that page is, once it is known. */
  readonly consentUrl: string | null;
  /** The host has gone there. */
  readonly isAway: boolean;
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
  /** Why the last change came to nothing. */
  readonly trouble: Issue | null;
}

export const NO_CALENDARS: Calendars = { status: 'unknown', list: [], form: null, busyId: null, askedId: null, trouble: null };

/** An empty form for one kind of calendar. */
export function newConnectForm(provider: Connectable, access: ConnectionAccess): ConnectForm {
  return { provider, url: '', username: '', password: '', access, consentUrl: null, isAway: false, isBusy: false, issues: {} };
}

export function hasConsentPage(provider: Connection['provider']): provider is ConsentProvider {
  return provider === 'google' || provider === 'microsoft';
}

/** Google tells kinds of busy time only of a calendar that receives the bookings, since that one is read entry by entry. */
export function tellsKinds({ provider, calendars, writeCalendarId }: Connection): boolean {
  return provider !== 'google' || calendars.some(({ id, blocks }) => blocks && id === writeCalendarId);
}
