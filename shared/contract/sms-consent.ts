import Type from 'typebox';
import { ExternalId, Instant, Locale, Role } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

/** E.164. */
const Number = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', examples: ['+14155550123'] });

/** `text` is the sentence beside the box, word for word. A secret key says whose consent it is. */
export const SmsConsentCreate = strictObject(
  {
    phone: Number,
    text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }),
    locale: Type.Optional(Locale),
    state: Type.Optional(oneOf(['granted', 'withdrawn'], { default: 'granted' })),
    actor: Type.Optional(strictObject({ externalId: ExternalId, role: Role })),
  },
  { $id: 'SmsConsentCreate' },
);
export type SmsConsentCreate = Type.Static<typeof SmsConsentCreate>;

export const SmsConsent = Type.Object(
  {
    id: Type.String(),
    personId: Type.String(),
    role: Role,
    state: oneOf(['granted', 'withdrawn']),
    text: Type.String(),
    locale: nullable(Type.String()),
    via: oneOf(['widget', 'api', 'sms', 'carrier']),
    bookingId: nullable(Type.String()),
    at: Instant,
  },
  { $id: 'SmsConsent' },
);
export type SmsConsent = Type.Static<typeof SmsConsent>;
export const SmsConsentPage = pageOf(SmsConsent);
