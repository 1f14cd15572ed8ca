import Type from 'typebox';
import { Email, ExternalId, Instant, Locale, Name, Role } from './common.ts';
import { nullable, strictObject } from './shape.ts';

export const PersonCreate = strictObject(
  { externalId: ExternalId, role: Role, name: Type.Optional(Name), email: Type.Optional(Email), locale: Type.Optional(Locale) },
  { $id: 'PersonCreate' },
);
export type PersonCreate = Type.Static<typeof PersonCreate>;

export const Person = Type.Object(
  {
    id: Type.String(),
    externalId: Type.String(),
    role: Role,
    email: nullable(Type.String()),
    locale: nullable(Type.String()),
    createdAt: Instant,
  },
  { $id: 'Person' },
);
export type Person = Type.Static<typeof Person>;
