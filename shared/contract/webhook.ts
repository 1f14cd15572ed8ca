import Type from 'typebox';
import { HttpUrl, Instant } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

/** Everything an endpoint may be told of. */
export const WEBHOOK_EVENTS = [
  'booking.requested',
  'booking.confirmed',
  'booking.declined',
  'booking.expired',
  'booking.rescheduled',
  'booking.cancelled',
  'booking.completed',
  'booking.noShow',
  'booking.guestsChanged',
  'reminder.due',
  'hold.expired',
  'proposal.created',
  'proposal.accepted',
  'proposal.withdrawn',
  'proposal.expired',
  'notice.firstContact',
  'acknowledgement.created',
  'contactDetails.detected',
  'incident.created',
  'calendar.error',
  'calendar.recovered',
  'message.failed',
] as const;
const GROUPS = [...new Set(WEBHOOK_EVENTS.map((name) => `${name.split('.')[0]}.*`))];

/** One event, `booking.*` for a group, or `*`. */
const EventPattern = oneOf([...WEBHOOK_EVENTS, ...GROUPS, '*']);

const settings = {
  url: HttpUrl,
  events: Type.Array(EventPattern, { minItems: 1, maxItems: 50, uniqueItems: true }),
  contactDetails: Type.Optional(oneOf(['masked', 'full'], { default: 'masked' })),
};

export const WebhookEndpointCreate = strictObject(settings, { $id: 'WebhookEndpointCreate' });
export type WebhookEndpointCreate = Type.Static<typeof WebhookEndpointCreate>;

/** `paused` after three days without an answer, `disabled` after a 410; setting `active` starts it again. */
export const WebhookEndpointSettings = strictObject({ ...settings, status: oneOf(['active', 'paused', 'disabled']) });
export type WebhookEndpointSettings = Type.Static<typeof WebhookEndpointSettings>;

export const WebhookEndpoint = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    events: Type.Array(Type.String()),
    contactDetails: oneOf(['masked', 'full']),
    status: oneOf(['active', 'paused', 'disabled']),
    previousSecretValidUntil: nullable(Instant),
    lastSuccessAt: nullable(Instant),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'WebhookEndpoint' },
);
export type WebhookEndpoint = Type.Static<typeof WebhookEndpoint>;
export const WebhookEndpointPage = pageOf(WebhookEndpoint);

/** The secret is told once, when it is made. */
export const NewWebhookEndpoint = Type.Object({ ...WebhookEndpoint.properties, secret: Type.String() }, { $id: 'NewWebhookEndpoint' });
export type NewWebhookEndpoint = Type.Static<typeof NewWebhookEndpoint>;

/** `id` is the `webhook-id` of every attempt. */
export const WebhookDelivery = Type.Object(
  {
    id: Type.String(),
    eventId: Type.String(),
    type: Type.String(),
    status: oneOf(['waiting', 'delivered', 'failed']),
    attempts: Type.Integer(),
    lastStatusCode: nullable(Type.Integer()),
    detail: nullable(Type.String()),
    lastAttemptAt: nullable(Instant),
    nextAttemptAt: nullable(Instant),
    createdAt: Instant,
    settledAt: nullable(Instant),
  },
  { $id: 'WebhookDelivery' },
);
export type WebhookDelivery = Type.Static<typeof WebhookDelivery>;
export const WebhookDeliveryPage = pageOf(WebhookDelivery);
