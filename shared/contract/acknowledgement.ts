import Type from 'typebox';
import { ExternalId, Id, Instant, Locale, ListQuery, Role, RoomRef, Stage, TimeZone } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const AcknowledgementCreate = strictObject(
  {
    noticeVersionId: Id,
    locale: Type.Optional(Locale),
    impressionId: Type.Optional(nullable(Id)),
    timeZone: Type.Optional(TimeZone),
    actor: Type.Optional(strictObject({ externalId: ExternalId, role: Role })),
    room: Type.Optional(RoomRef),
  },
  { $id: 'AcknowledgementCreate' },
);
export type AcknowledgementCreate = Type.Static<typeof AcknowledgementCreate>;

export const Acknowledgement = Type.Object(
  {
    id: Type.String(),
    noticeVersionId: Type.String(),
    key: Type.String(),
    version: Type.Integer(),
    locale: Type.String(),
    textHash: Type.String(),
    labelHash: Type.String(),
    actor: nullable(Type.Object({ personId: Type.String(), externalId: nullable(Type.String()), role: Role })),
    room: nullable(Type.Object({ id: Type.String(), stage: Stage })),
    stage: Stage,
    via: oneOf(['widget', 'api']),
    assertedByKey: Type.Boolean({ description: 'Stated by a secret key, not given by the person through Parley' }),
    impressionId: nullable(Type.String()),
    bookingId: nullable(Type.String()),
    withdrawnAt: nullable(Instant),
    acknowledgedAt: Instant,
    prevHash: Type.String(),
    hash: Type.String(),
    contentDropped: Type.Optional(Type.Boolean({ description: 'The retention period is over: only notice, time and hashes are left' })),
  },
  { $id: 'Acknowledgement' },
);
export type Acknowledgement = Type.Static<typeof Acknowledgement>;
export const AcknowledgementPage = pageOf(Acknowledgement);

export const AcknowledgementsQuery = strictObject({
  ...ListQuery,
  externalId: Type.Optional(ExternalId),
  roomId: Type.Optional(ExternalId),
  noticeVersionId: Type.Optional(Id),
});

export const ImpressionCreate = strictObject(
  { noticeVersionId: Id, placement: Type.Optional(Type.String({ maxLength: 60 })), locale: Type.Optional(Locale) },
  { $id: 'ImpressionCreate' },
);
export type ImpressionCreate = Type.Static<typeof ImpressionCreate>;
export const Impression = Type.Object({ id: Type.String(), noticeVersionId: Type.String(), at: Instant }, { $id: 'Impression' });
export type Impression = Type.Static<typeof Impression>;
