import Type from 'typebox';
import { CALENDAR_CALLS, Email, HttpUrl, Instant, Locale, LocationType, Name, Stage, WallTime } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const ScreeningLevel = oneOf(['off', 'warn', 'block']);
export type ScreeningLevel = Type.Static<typeof ScreeningLevel>;

/** One level for every field, or one per field with `*` for the rest. */
const Screening = Type.Union([ScreeningLevel, Type.Record(Type.String({ maxLength: 60 }), ScreeningLevel, { maxProperties: 40 })]);

export const StagePolicy = strictObject({
  locations: Type.Array(LocationType, { minItems: 1, uniqueItems: true }),
  fallbackLocations: Type.Array(LocationType, { uniqueItems: true }),
  screening: Screening,
  shareContactDetails: Type.Boolean(),
});
export type StagePolicy = Type.Static<typeof StagePolicy>;

export const Policy = strictObject({ preContract: StagePolicy, contract: StagePolicy });
export type Policy = Type.Static<typeof Policy>;

/** `scheme://host[:port]`, and `https://*.example.com` for every subdomain. */
const Origin = Type.String({
  pattern: '^https?://(\\*\\.)?[A-Za-z0-9.-]+(:\\d{1,5})?$|^https?://\\[[0-9a-fA-F:]+\\](:\\d{1,5})?$',
  maxLength: 300,
});

export const DEFAULT_POLICY: Policy = {
  preContract: { locations: ['room'], fallbackLocations: [], screening: 'block', shareContactDetails: false },
  contract: {
    locations: ['room', 'link', 'phone', 'inPerson', ...CALENDAR_CALLS],
    fallbackLocations: [],
    screening: 'off',
    shareContactDetails: true,
  },
};

export const TenantSettings = strictObject({
  name: Name,
  allowedOrigins: Type.Array(Origin, { maxItems: 200, uniqueItems: true, default: [] }),
  locale: Type.Unsafe<string>({ ...Locale, default: 'en' }),
  brand: strictObject(
    {
      name: Type.Optional(nullable(Name)),
      color: Type.Optional(nullable(Type.String({ pattern: '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$' }))),
      logoUrl: Type.Optional(nullable(HttpUrl)),
    },
    { default: {} },
  ),
  requireRoomToken: Type.Boolean({ default: false }),
  defaultStage: Type.Unsafe<Stage>({ ...Stage, default: 'contract' }),
  roomUrl: nullable(Type.String({ format: 'room-url', maxLength: 2048 }), { default: null }),
  holdMinutes: Type.Integer({ minimum: 1, maximum: 30, default: 5 }),
  retentionDays: nullable(Type.Integer({ minimum: 1, maximum: 36_500 }), { default: null }),
  ipPolicy: oneOf(['off', 'truncated', 'hmac'], { default: 'truncated' }),
  emailVerification: oneOf(['off', 'code'], { default: 'off' }),
  messages: strictObject(
    { email: Type.Boolean({ default: true }), sms: Type.Boolean({ default: false }) },
    { default: { email: true, sms: false } },
  ),
  mail: strictObject({ fromName: Type.Optional(nullable(Name)), replyTo: Type.Optional(nullable(Email)) }, { default: {} }),
  quietHours: nullable(strictObject({ start: WallTime, end: WallTime }), { default: { start: '21:00', end: '08:00' } }),
  policy: Type.Unsafe<Policy>({ ...Policy, default: DEFAULT_POLICY }),
});
export type TenantSettings = Type.Static<typeof TenantSettings>;

const { name, ...optional } = TenantSettings.properties;
export const TenantCreate = strictObject(
  {
    name,
    ...Type.Partial(Type.Object(optional)).properties,
    messages: Type.Optional(
      strictObject({ email: Type.Optional(optional.messages.properties.email), sms: Type.Optional(optional.messages.properties.sms) }),
    ),
    policy: Type.Optional(
      Type.Unsafe<Partial<Policy>>({
        type: 'object',
        additionalProperties: false,
        properties: {
          preContract: { ...StagePolicy, required: [] },
          contract: { ...StagePolicy, required: [] },
        },
      }),
    ),
  },
  { $id: 'TenantCreate' },
);
export type TenantCreate = Type.Static<typeof TenantCreate>;

export const Tenant = Type.Object(
  { id: Type.String(), ...TenantSettings.properties, createdAt: Instant, updatedAt: Instant },
  { $id: 'Tenant' },
);
export type Tenant = Type.Static<typeof Tenant>;

/** Answer of POST /v1/tenants: the keys are told here, once. */
export const NewTenant = Type.Object(
  { ...Tenant.properties, secretKey: Type.String(), publishableKey: Type.String(), embedSecret: Type.String() },
  { $id: 'NewTenant' },
);
export type NewTenant = Type.Static<typeof NewTenant>;
export const TenantPage = pageOf(Tenant);
export const EmbedSecret = Type.Object({ embedSecret: Type.String(), previousValidUntil: Instant });
export type EmbedSecret = Type.Static<typeof EmbedSecret>;
