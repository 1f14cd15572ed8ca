import Type from 'typebox';
import { Email, ExternalId, Instant, Locale, LongText, Name, Phone, TimeZone } from './common.ts';
import { HostSchedule } from './schedule.ts';
import { nullable, pageOf, strictObject } from './shape.ts';

const settings = {
  name: Name,
  email: Type.Optional(nullable(Email)),
  phone: Type.Optional(nullable(Phone)),
  description: Type.Optional(nullable(LongText)),
  timeZone: TimeZone,
  locale: Type.Optional(Type.Unsafe<string>({ ...Locale, default: 'en' })),
  maxMeetingsPerDay: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 1000 }))),
};

/** A new host gets Monday to Friday 09:00-17:00 in the own zone unless a schedule is given. */
export const HostCreate = strictObject(
  { externalId: Type.Optional(nullable(ExternalId)), ...settings, schedule: Type.Optional(HostSchedule) },
  { $id: 'HostCreate' },
);
export type HostCreate = Type.Static<typeof HostCreate>;

/** What may be changed: everything but the schedule, which has an address of its own. */
export const HostSettings = strictObject({ externalId: Type.Optional(nullable(ExternalId)), ...settings });
export type HostSettings = Type.Static<typeof HostSettings>;

export const Host = Type.Object(
  {
    id: Type.String(),
    externalId: nullable(Type.String()),
    name: Type.String(),
    email: Type.Optional(nullable(Type.String())),
    phone: Type.Optional(nullable(Type.String())),
    description: nullable(Type.String()),
    timeZone: Type.String(),
    locale: Type.String(),
    maxMeetingsPerDay: nullable(Type.Integer()),
    defaultScheduleId: nullable(Type.String()),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'Host' },
);
export type Host = Type.Static<typeof Host>;
export const HostPage = pageOf(Host);

/** Where a host subscribes to the own meetings from any calendar program. Whoever has the address reads them; rotating makes the old one useless. */
export const HostFeed = Type.Object({ hostId: Type.String(), url: Type.String(), createdAt: Instant }, { $id: 'HostFeed' });
export type HostFeed = Type.Static<typeof HostFeed>;
