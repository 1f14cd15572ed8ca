/** Every refusal code an answer may carry. The list is closed: callers switch on it. */
export const REASONS = [
  'validation_failed',
  'unauthenticated',
  'token_expired',
  'forbidden',
  'origin_not_allowed',
  'not_found',
  'slot_unavailable',
  'hold_expired',
  'invalid_state',
  'change_not_allowed',
  'conflict',
  'idempotency_key_reused',
  'request_in_progress',
  'payload_too_large',
  'acknowledgement_required',
  'contact_details_detected',
  'location_not_allowed',
  'guest_limit',
  'rate_limited',
  'internal_error',
  'calendar_unavailable',
  'unavailable',
] as const;
export type Reason = (typeof REASONS)[number];

/** Why a start is not bookable, the first that holds in this order. For hosts and secret keys only. */
export const SLOT_REFUSALS = [
  'event_type_inactive',
  'past',
  'minimum_notice',
  'beyond_window',
  'date_override',
  'outside_hours',
  'off_grid',
  'calendar_unavailable',
  'busy',
  'booked',
  'held',
  'buffer',
  'daily_limit',
  'daily_minutes_limit',
  'weekly_limit',
  'monthly_limit',
  'host_daily_limit',
] as const;
export type SlotRefusal = (typeof SLOT_REFUSALS)[number];
