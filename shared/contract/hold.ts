import Type from 'typebox';
import { Email, Id, Instant } from './common.ts';
import { strictObject } from './shape.ts';

export const HoldCreate = strictObject(
  {
    eventTypeId: Id,
    start: Instant,
    durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
    replaces: Type.Optional(Id),
    rescheduleOf: Type.Optional(Id),
    email: Type.Optional(Email),
  },
  { $id: 'HoldCreate' },
);
export type HoldCreate = Type.Static<typeof HoldCreate>;

export const Hold = Type.Object(
  { id: Type.String(), eventTypeId: Type.String(), start: Instant, end: Instant, expiresAt: Instant },
  { $id: 'Hold' },
);
export type Hold = Type.Static<typeof Hold>;
