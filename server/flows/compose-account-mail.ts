import { currentNoticeVersions } from '../adapters/db/notices.ts';
import { findEmailCode } from '../adapters/db/email-codes.ts';
import { findEventType } from '../adapters/db/event-types.ts';
import { findHost } from '../adapters/db/hosts.ts';
import type { MessageRow } from '../adapters/db/outgoing-messages.ts';
import { findPerson } from '../adapters/db/people.ts';
import { findProposal } from '../adapters/db/proposals.ts';
import { findRoom } from '../adapters/db/rooms.ts';
import { findTenant } from '../adapters/db/tenants.ts';
import type { MailMessage, MailPerson } from '../adapters/mail/mailer.ts';
import type { MessageData } from '../domain/messages/message-data.ts';
import { renderMessage } from '../domain/messages/render-message.ts';
import { pickLocale } from '../domain/policy/notice-content.ts';
import { brandOf, senderOf } from './compose-mail.ts';
import type { Deps } from './deps.ts';
import { blankDetails } from './withheld-text.ts';
import { CODE_MINUTES, type EmailCodeLetter, letterContext } from './verify-email.ts';

type AccountKind = 'proposal' | 'firstContact' | 'calendarDisconnected' | 'verificationCode';

interface AccountMail<Kind extends AccountKind> {
  readonly kind: Kind;
  readonly to: MailPerson;
  readonly locale: string;
  readonly data: MessageData[Kind];
}

/** A mail that is about a person and not a booking, or in a word why there is none to send. */
export async function composeAccountMail(deps: Deps, row: MessageRow): Promise<MailMessage | string> {
  const tenant = await findTenant(deps.db, row.tenant_id);
  if (tenant === undefined) return 'gone';
  if (!tenant.settings.messages.email && row.kind !== 'verificationCode') return 'switchedOff';
  const made = await compose(deps, row, tenant.settings);
  if (typeof made === 'string') return made;
  const { subject, text, html } = renderMessage(made.kind, made.data, made.locale);
  return { id: row.message_id, to: made.to, ...senderOf(tenant), subject, text, html, invitation: null, unsubscribeUrl: null };
}

type Settings = NonNullable<Awaited<ReturnType<typeof findTenant>>>['settings'];

async function compose(deps: Deps, row: MessageRow, settings: Settings): Promise<AccountMail<AccountKind> | string> {
  switch (row.kind) {
    case 'proposal':
      return composeProposal(deps, row, settings);
    case 'firstContact':
      return composeFirstContact(deps, row, settings);
    case 'calendarDisconnected':
      return composeCalendarDisconnected(deps, row, settings);
    case 'verificationCode':
      return composeVerificationCode(deps, row, settings);
    default:
      return 'unknown';
  }
}

async function composeProposal(deps: Deps, row: MessageRow, settings: Settings): Promise<AccountMail<'proposal'> | string> {
  const proposal = await findProposal(deps.db, row.tenant_id, textOf(row.data['proposalId']));
  const nowMs = deps.clock.nowMs();
  if (proposal === undefined || proposal.status !== 'open' || proposal.expires_at.getTime() <= nowMs) return 'outdated';
  const eventType = await findEventType(deps.db, row.tenant_id, proposal.event_type_id);
  const hosts = await Promise.all(proposal.host_ids.map((hostId) => findHost(deps.db, row.tenant_id, hostId)));
  const invitee = proposal.invitee_id === null ? undefined : await findPerson(deps.db, row.tenant_id, proposal.invitee_id);
  const room = await findRoom(deps.db, row.tenant_id, proposal.room_id);
  const host = hosts.find((one) => one?.host_id === row.host_id) ?? hosts[0];
  if (eventType === undefined || host === undefined) return 'gone';
  if (!eventType.settings.messages.email) return 'switchedOff';
  const isForHost = row.party === 'host';
  const email = isForHost ? host.email : invitee?.email;
  if (email == null) return 'unreachable';
  const place = { settings, stage: room?.stage ?? proposal.stage, roomUrl: room?.url ?? null };
  const offeredBy = isForHost ? (invitee?.name ?? '') : hosts.flatMap((one) => (one === undefined ? [] : [one.name])).join(', ');
  return {
    kind: 'proposal',
    to: { name: (isForHost ? host.name : invitee?.name) ?? '', address: email },
    locale: (isForHost ? host.locale : (proposal.invitee_locale ?? invitee?.locale)) ?? settings.locale,
    data: {
      brand: brandOf(settings),
      timeZone: (isForHost ? null : (proposal.invitee_time_zone ?? invitee?.time_zone)) ?? host.time_zone,
      title: blankDetails(deps, place, 'title', eventType.settings.title),
      offeredBy: blankDetails(deps, place, 'name', offeredBy),
      times: proposal.starts.map((start) => ({ startMs: start.getTime(), endMs: start.getTime() + proposal.duration_minutes * 60_000 })),
      expiresMs: proposal.expires_at.getTime(),
      links: { pick: room?.url ?? settings.roomUrl?.replaceAll('{roomId}', encodeURIComponent(proposal.room_id)) ?? null },
    },
  };
}

async function composeFirstContact(deps: Deps, row: MessageRow, settings: Settings): Promise<AccountMail<'firstContact'> | string> {
  const person = row.person_id === null ? undefined : await findPerson(deps.db, row.tenant_id, row.person_id);
  const versions = await currentNoticeVersions(deps.db, row.tenant_id, new Date(deps.clock.nowMs()));
  const version = versions.find((one) => one.notice_version_id === row.data['noticeVersionId']);
  if (person?.email == null) return 'unreachable';
  if (version === undefined) return 'outdated';
  const roomId = row.data['roomId'];
  const room = typeof roomId === 'string' ? await findRoom(deps.db, row.tenant_id, roomId) : undefined;
  const url =
    typeof roomId === 'string' ? (room?.url ?? settings.roomUrl?.replaceAll('{roomId}', encodeURIComponent(roomId)) ?? null) : null;
  return {
    kind: 'firstContact',
    to: { name: person.name ?? '', address: person.email },
    locale: person.locale ?? settings.locale,
    data: {
      brand: brandOf(settings),
      noticeText: pickLocale(version.content.text, [person.locale, settings.locale]).text,
      links: { room: url },
    },
  };
}

async function composeCalendarDisconnected(
  deps: Deps,
  row: MessageRow,
  settings: Settings,
): Promise<AccountMail<'calendarDisconnected'> | string> {
  const host = row.host_id === null ? undefined : await findHost(deps.db, row.tenant_id, row.host_id);
  if (host?.email == null) return 'unreachable';
  return {
    kind: 'calendarDisconnected',
    to: { name: host.name, address: host.email },
    locale: host.locale,
    data: { brand: brandOf(settings), calendarName: textOf(row.data['calendarName']), links: { settings: null } },
  };
}

/** The code lies sealed beside its hash for as long as it is good. */
async function composeVerificationCode(deps: Deps, row: MessageRow, settings: Settings): Promise<AccountMail<'verificationCode'> | string> {
  const addressHash = textOf(row.data['addressHash']);
  const kept = await findEmailCode(deps.db, row.tenant_id, addressHash);
  if (kept?.letter == null || kept.code_hash !== row.data['codeHash'] || kept.expires_at.getTime() <= deps.clock.nowMs()) return 'outdated';
  const letter = JSON.parse(deps.vault.open(kept.letter, letterContext(row.tenant_id, addressHash))) as EmailCodeLetter;
  return {
    kind: 'verificationCode',
    to: { name: letter.name, address: letter.to },
    locale: letter.locale ?? settings.locale,
    data: { brand: brandOf(settings), code: letter.code, validMinutes: CODE_MINUTES },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
