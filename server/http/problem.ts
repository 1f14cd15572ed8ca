import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Reason } from '../../shared/contract/reasons.ts';
import type { Refusal } from '../domain/outcome.ts';
import { tellsSlotReasons } from './caller.ts';

/** Reason -> status and title: the one table. */
export const PROBLEMS: Readonly<Record<Reason, { readonly status: number; readonly title: string }>> = {
  validation_failed: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'No valid credential' },
  token_expired: { status: 401, title: 'The token has expired' },
  forbidden: { status: 403, title: 'This credential may not do that' },
  origin_not_allowed: { status: 403, title: 'This site is not among the allowed origins' },
  not_found: { status: 404, title: 'Not found' },
  slot_unavailable: { status: 409, title: 'This time is not available' },
  hold_expired: { status: 409, title: 'The hold has expired' },
  invalid_state: { status: 409, title: 'Not possible in the present state' },
  change_not_allowed: { status: 409, title: 'The rules of this booking do not allow the change' },
  conflict: { status: 409, title: 'In conflict with what exists' },
  idempotency_key_reused: { status: 409, title: 'The Idempotency-Key was used with another request' },
  request_in_progress: { status: 409, title: 'The same request is being carried out' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  acknowledgement_required: { status: 422, title: 'The communication terms must be acknowledged first' },
  contact_details_detected: { status: 422, title: 'Contact details may not be shared here' },
  location_not_allowed: { status: 422, title: 'This location is not allowed here' },
  guest_limit: { status: 422, title: 'Too many guests' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  calendar_unavailable: { status: 503, title: 'The calendar cannot be read just now' },
  unavailable: { status: 503, title: 'The service is not available just now' },
};

/** The problem of a request that could not even be read, as text; nobody is behind it yet. */
export function problemOf(code: Reason, detail: string, requestId: string): string {
  const { status, title } = PROBLEMS[code];
  return JSON.stringify({ type: `urn:parley:problem:${code}`, title, status, detail, code, requestId } satisfies Problem);
}

/** Answers a refusal as `application/problem+json` (RFC 9457). Why a slot is refused is told to hosts and secret keys only. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, title } = PROBLEMS[refusal.reason];
  const { issues, alternatives, notice, findings, state, minutesLeft, slotRefusal } = refusal;
  const problem: Problem = {
    type: `urn:parley:problem:${refusal.reason}`,
    title,
    status,
    detail: refusal.detail ?? `${title}.`,
    code: refusal.reason,
    requestId: request.id,
    ...(issues && { issues: [...issues] }),
    ...(alternatives && { alternatives: [...alternatives] }),
    ...(notice && { notice }),
    ...(findings && { findings: [...findings] }),
    ...(state !== undefined && { state }),
    ...(minutesLeft !== undefined && { minutesLeft }),
    ...(slotRefusal && tellsSlotReasons(request.caller) && { reason: slotRefusal }),
  };
  if (refusal.retryAfterSeconds !== undefined) void reply.header('retry-after', String(refusal.retryAfterSeconds));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem));
}
