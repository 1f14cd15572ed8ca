import Type from 'typebox';
import { ExternalId, Id, Instant, ListQuery, Role, RoomRef, ShortText, Stage } from './common.ts';
import { InviteeInput } from './booking.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const PROPOSAL_STATUSES = ['open', 'accepted', 'withdrawn', 'expired'] as const;
export const ProposalStatus = oneOf(PROPOSAL_STATUSES);
export type ProposalStatus = Type.Static<typeof ProposalStatus>;

export const ProposalEnder = oneOf(['invitee', 'host', 'operator', 'time']);
export type ProposalEnder = Type.Static<typeof ProposalEnder>;

/** The most times one proposal may offer. */
export const MAX_PROPOSED_STARTS = 10;

/** `actor`, `room` and `invitee` are stated by a secret key only. */
export const ProposalCreate = strictObject(
  {
    eventTypeId: Id,
    starts: Type.Array(Instant, { minItems: 1, maxItems: MAX_PROPOSED_STARTS }),
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
    expiresMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 * 1440, default: 1440 })),
    acknowledgementId: Type.Optional(Id),
    actor: Type.Optional(strictObject({ externalId: Type.Optional(ExternalId), role: Role })),
    room: Type.Optional(RoomRef),
    invitee: Type.Optional(InviteeInput),
  },
  { $id: 'ProposalCreate' },
);
export type ProposalCreate = Type.Static<typeof ProposalCreate>;

export const Proposal = Type.Object(
  {
    id: Type.String(),
    status: ProposalStatus,
    eventTypeId: Type.String(),
    starts: Type.Array(Instant),
    durationMinutes: Type.Integer(),
    by: Role,
    room: Type.Object({ id: Type.String(), stage: Stage }),
    bookingId: nullable(Type.String()),
    endedBy: nullable(ProposalEnder, { description: 'Who accepted or withdrew it, or `time` when it ran out; null while it is open.' }),
    reason: nullable(Type.String()),
    expiresAt: Instant,
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'Proposal' },
);
export type Proposal = Type.Static<typeof Proposal>;
export const ProposalPage = pageOf(Proposal);

export const ProposalsQuery = strictObject({
  ...ListQuery,
  roomId: Type.Optional(ExternalId),
  status: Type.Optional(ProposalStatus),
});

const stated = { actor: Type.Optional(strictObject({ externalId: Type.Optional(ExternalId), role: Role })) };
export const ProposalAccept = strictObject(
  { start: Instant, acknowledgementId: Type.Optional(Id), invitee: Type.Optional(InviteeInput), ...stated },
  { $id: 'ProposalAccept' },
);
export type ProposalAccept = Type.Static<typeof ProposalAccept>;
export const ProposalWithdraw = strictObject({ reason: Type.Optional(ShortText), ...stated }, { $id: 'ProposalWithdraw' });
export type ProposalWithdraw = Type.Static<typeof ProposalWithdraw>;
