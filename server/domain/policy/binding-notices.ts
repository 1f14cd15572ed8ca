import type { Role, Stage } from '../../../shared/contract/common.ts';
import type { AcknowledgementRule } from '../../../shared/contract/notice.ts';
import type { NoticeContent } from './notice-content.ts';

/** A published version, as far as the question "does it bind?" needs it. */
export interface PublishedNotice {
  readonly noticeVersionId: string;
  readonly content: NoticeContent;
}

/** One acknowledgement with what was said of it later. */
export interface GivenAcknowledgement {
  readonly id: string;
  readonly noticeVersionId: string;
  readonly personId: string | null;
  readonly roomId: string | null;
  readonly atMs: number;
  readonly usedForBookingId: string | null;
  readonly withdrawn: boolean;
}

/** Who is about to make or move a meeting. `personId` is null for a visitor nobody has vouched for. */
export interface Acting {
  readonly role: Role;
  readonly stage: Stage;
  readonly personId: string | null;
  readonly roomId: string | null;
  /** The booking being moved, if any: what was acknowledged for it still counts. */
  readonly bookingId: string | null;
  readonly nowMs: number;
}

/** How long an acknowledgement without a person behind it may wait for its booking. */
export const LOOSE_ACKNOWLEDGEMENT_MS = 60 * 60 * 1000;

/** The versions that ask this role at this stage for an acknowledgement. */
export function bindingNotices<N extends PublishedNotice>(current: readonly N[], role: Role, stage: Stage): N[] {
  return current.filter(
    ({ content }) => content.acknowledgement !== 'none' && content.roles.includes(role) && content.stages.includes(stage),
  );
}

/**
 * Whether one acknowledgement answers a notice for this acting person. `presented` says that the caller named it in the request:
 * visitors without a token and `everyBooking` notices need that.
 */
export function satisfies(notice: PublishedNotice, given: GivenAcknowledgement, acting: Acting, presented: boolean): boolean {
  if (given.withdrawn || given.noticeVersionId !== notice.noticeVersionId) return false;
  const forThisBooking = acting.bookingId !== null && given.usedForBookingId === acting.bookingId;
  if (given.personId === null) {
    return presented && given.usedForBookingId === null && acting.nowMs - given.atMs <= LOOSE_ACKNOWLEDGEMENT_MS;
  }
  if (given.personId !== acting.personId) return false;
  if (forThisBooking) return true;
  return satisfiesRule(notice.content.acknowledgement, given, acting, presented && given.usedForBookingId === null);
}

function satisfiesRule(rule: AcknowledgementRule, given: GivenAcknowledgement, acting: Acting, fresh: boolean): boolean {
  switch (rule) {
    case 'none':
    case 'oncePerVersion':
      return true;
    case 'oncePerRoom':
      return acting.roomId === null || given.roomId === acting.roomId;
    case 'everyBooking':
      return fresh;
    default:
      return rule satisfies never;
  }
}
