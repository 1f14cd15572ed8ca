import Type from 'typebox';
import { Email, ExternalId, HttpUrl, Id, Locale, Name, Phone, Role, Stage, TimeZone } from './common.ts';
import { nullable } from './shape.ts';

/** The claims of a room token. Other claims are let through: a JWT library may add its own. */
export const RoomTokenClaims = Type.Object({
  sub: ExternalId,
  name: Name,
  role: Role,
  hostId: Id,
  room: Type.Optional(nullable(Type.Object({ id: ExternalId, stage: Stage, url: Type.Optional(nullable(HttpUrl)) }))),
  email: Type.Optional(nullable(Email)),
  phone: Type.Optional(nullable(Phone)),
  timeZone: Type.Optional(nullable(TimeZone)),
  locale: Type.Optional(nullable(Locale)),
  iat: Type.Optional(Type.Number({ minimum: 0, maximum: 4e9 })),
  exp: Type.Number({ minimum: 0, maximum: 4e9 }),
});
export type RoomTokenClaims = Type.Static<typeof RoomTokenClaims>;
