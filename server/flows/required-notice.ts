import type { CurrentNotice } from '../../shared/contract/notice.ts';
import { readAcknowledgement, readAcknowledgementsOf, type LedgerRow } from '../adapters/db/acknowledgements.ts';
import { currentNoticeVersions, type NoticeVersionRow } from '../adapters/db/notices.ts';
import { findReservedAcknowledgements } from '../adapters/db/proposals.ts';
import type { Db } from '../adapters/db/schema.ts';
import {
  type Acting,
  bindingNotices,
  type GivenAcknowledgement,
  type PublishedNotice,
  satisfies,
} from '../domain/policy/binding-notices.ts';
import { presentCurrentNotice } from './present-notice.ts';

export interface NoticeQuestion extends Acting {
  readonly tenantId: string;
  readonly tenantLocale: string;
  readonly locale: string | null;
  /** The acknowledgements the request names; several ids are separated by commas. */
  readonly acknowledgementId: string | null;
  /** The open proposal that ends when this one is made: what stood behind it is free again. */
  readonly replacesProposalId?: string | null;
}

export interface NoticeAnswer {
  /** The first notice that is still to be acknowledged; null when the meeting may go on. */
  readonly missing: CurrentNotice | null;
  /** The acknowledgements this meeting rests on, the named ones first. */
  readonly acknowledgementIds: readonly string[];
  /** Those of them that the meeting uses up. */
  readonly toUse: readonly string[];
}

/** Which notice binds whoever is about to make or move a meeting, and whether it has been acknowledged. */
export async function findRequiredNotice(db: Db, question: NoticeQuestion): Promise<NoticeAnswer> {
  return judgeNotices(db, question, await currentNoticeVersions(db, question.tenantId, new Date(question.nowMs)));
}

/** The same with the versions at hand that count now. The ledger is read only if one of them binds. */
export async function judgeNotices(db: Db, question: NoticeQuestion, current: readonly NoticeVersionRow[]): Promise<NoticeAnswer> {
  const binding = bindingNotices(
    current.map((row) => ({ noticeVersionId: row.notice_version_id, content: row.content, row })),
    question.role,
    question.stage,
  );
  if (binding.length === 0) return { missing: null, acknowledgementIds: [], toUse: [] };
  const given = await readGiven(db, question, binding);
  const ids: string[] = [];
  const toUse: string[] = [];
  for (const notice of binding) {
    const found = given.find(({ ack, presented }) => satisfies(notice, ack, question, presented));
    if (found === undefined)
      return { missing: presentCurrentNotice(notice.row, question.tenantLocale, question.locale), acknowledgementIds: [], toUse: [] };
    ids.push(found.ack.id);
    if (found.ack.usedForBookingId === null && (found.ack.personId === null || notice.content.acknowledgement === 'everyBooking'))
      toUse.push(found.ack.id);
  }
  return { missing: null, acknowledgementIds: ids, toUse };
}

/** Which of these versions the person has acknowledged where they bind, for a reader who is not making a meeting just now. */
export async function findAcknowledged(
  db: Db,
  question: NoticeQuestion,
  versions: readonly NoticeVersionRow[],
): Promise<ReadonlySet<string>> {
  const published = versions.map((row) => ({ noticeVersionId: row.notice_version_id, content: row.content }));
  const given = await readGiven(db, question, published);
  const satisfied = published.filter((notice) => given.some(({ ack, presented }) => satisfies(notice, ack, question, presented)));
  return new Set(satisfied.map(({ noticeVersionId }) => noticeVersionId));
}

/** What the request names and what the person behind it has acknowledged before. */
async function readGiven(
  db: Db,
  { tenantId, personId, acknowledgementId, replacesProposalId = null, nowMs }: NoticeQuestion,
  notices: readonly PublishedNotice[],
): Promise<{ readonly ack: GivenAcknowledgement; readonly presented: boolean }[]> {
  const namedIds = (acknowledgementId ?? '')
    .split(',')
    .filter((id) => id !== '')
    .slice(0, 10);
  const named = collect((await Promise.all(namedIds.map((id) => readAcknowledgement(db, tenantId, id)))).flat());
  const spendable =
    named.some(({ personId: by }) => by === null) || notices.some(({ content }) => content.acknowledgement === 'everyBooking');
  const reserved = await findReservedAcknowledgements(db, tenantId, spendable ? named.map(({ id }) => id) : [], {
    at: new Date(nowMs),
    besides: replacesProposalId,
  });
  const versionIds = notices.map(({ noticeVersionId }) => noticeVersionId);
  const known = personId === null ? [] : await readAcknowledgementsOf(db, tenantId, personId, versionIds);
  const free = named.filter(({ id }) => !reserved.has(id));
  return [...free.map((ack) => ({ ack, presented: true })), ...collect(known).map((ack) => ({ ack, presented: false }))];
}

/** Reads the rows of each acknowledgement together: given, used (by whom, if nobody was known before), withdrawn. */
export function collect(rows: readonly LedgerRow[]): GivenAcknowledgement[] {
  const byId = new Map<string, GivenAcknowledgement>();
  for (const row of rows) {
    const known = byId.get(row.acknowledgement_id);
    if (row.kind === 'acknowledged') {
      byId.set(row.acknowledgement_id, {
        id: row.acknowledgement_id,
        noticeVersionId: row.notice_version_id,
        personId: row.person_id,
        roomId: row.room_id,
        atMs: row.at.getTime(),
        usedForBookingId: null,
        withdrawn: false,
      });
    } else if (known !== undefined) {
      byId.set(
        row.acknowledgement_id,
        row.kind === 'used'
          ? { ...known, usedForBookingId: row.booking_id, personId: known.personId ?? row.person_id }
          : { ...known, withdrawn: true },
      );
    }
  }
  return [...byId.values()];
}
