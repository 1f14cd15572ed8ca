import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../adapters/crypto.ts';
import { claimIdempotencyKey, dropIdempotencyKey, type IdempotencyClaim, keepIdempotentAnswer } from '../adapters/db/idempotency-keys.ts';
import { type Outcome, refuse, refuseField } from '../domain/outcome.ts';
import type { Deps } from '../flows/deps.ts';
import { answer } from './answer.ts';
import { sendProblem } from './problem.ts';

/** How long an answer is kept for retries. */
const KEPT_MS = 24 * 3_600_000;
/** After this long without an answer the request counts as dead and its key may be taken over. */
const CLAIM_MS = 60_000;
const LONGEST_KEY = 255;

/** Thrown inside the flow's transaction when the key was taken over meanwhile, so that nothing is committed twice. */
class ClaimLost extends Error {}

/**
 * Runs a creating request once per `Idempotency-Key` (24 hours, per credential, token subject and route) and answers 201, or replays.
 * The answer is kept in the transaction of the change, so a crash leaves both or neither; a refused request keeps no key.
 */
export async function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Deps,
  create: (deps: Deps) => Promise<Outcome<unknown>>,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return answer(request, reply, await create(deps), 201);
  if (typeof key !== 'string' || key === '' || key.length > LONGEST_KEY)
    return sendProblem(request, reply, refuseField('Idempotency-Key', `must be 1 to ${LONGEST_KEY} characters`));

  const claim = claimOf(request, key);
  const context = `idempotency:${claim.tenantId}:${claim.scope}`;
  const nowMs = deps.clock.nowMs();
  const claimedUntil = new Date(nowMs + CLAIM_MS);
  const held = await claimIdempotencyKey(deps.db, claim, { now: new Date(nowMs), claimedUntil, expiresAt: new Date(nowMs + KEPT_MS) });
  if (held.kind === 'otherBody') return sendProblem(request, reply, refuse('idempotency_key_reused'));
  if (held.kind === 'inProgress') return sendProblem(request, reply, refuse('request_in_progress', { retryAfterSeconds: 1 }));
  if (held.kind === 'answered') {
    return reply
      .code(held.status)
      .header('idempotent-replayed', 'true')
      .type('application/json; charset=utf-8')
      .send(deps.vault.open(held.answer, context));
  }
  try {
    const outcome = await create({
      ...deps,
      remember: async (trx, status, value) => {
        const kept = await keepIdempotentAnswer(trx, claim, claimedUntil, status, deps.vault.seal(JSON.stringify(value), context));
        if (!kept) throw new ClaimLost();
      },
    });
    if (!outcome.ok) await dropIdempotencyKey(deps.db, claim, claimedUntil);
    return await answer(request, reply, outcome, 201);
  } catch (error) {
    if (error instanceof ClaimLost) return sendProblem(request, reply, refuse('request_in_progress', { retryAfterSeconds: 1 }));
    await dropIdempotencyKey(deps.db, claim, claimedUntil);
    throw error;
  }
}

function claimOf(request: FastifyRequest, key: string): IdempotencyClaim {
  const { caller } = request;
  const tenantId = caller === null || caller.kind === 'admin' ? 'operator' : caller.tenant.id;
  const scope = sha256Hex(JSON.stringify([...whoOf(request), request.method, request.routeOptions.url]));
  return { tenantId, scope, key, bodyHash: sha256Hex(JSON.stringify([request.params, request.body], inKeyOrder)) };
}

/** The members of an object have no order of their own (RFC 8259): a retry that was written anew is the same request. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The credential and the person behind it. Visitors share a publishable key, so the mail address they book with tells them apart, or where they call from. */
function whoOf({ caller, body, ip }: FastifyRequest): unknown[] {
  switch (caller?.kind) {
    case undefined:
    case 'admin':
      return ['admin'];
    case 'secret':
      return ['key', caller.keyId];
    case 'room':
      return ['room', caller.keyId, caller.person.sub, caller.person.hostId, caller.person.room?.id ?? null];
    case 'manage':
      return ['manage', caller.bookingId, caller.party, caller.hostId];
    case 'publishable':
      return ['visitor', caller.keyId, (body as { invitee?: { email?: string } } | null)?.invitee?.email?.toLowerCase() ?? ip];
    default:
      return caller satisfies never;
  }
}
