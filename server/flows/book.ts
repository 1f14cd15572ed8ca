import type { Booking, BookingCreate } from '../../shared/contract/booking.ts';
import type { SlotRefusal } from '../../shared/contract/reasons.ts';
import { parseInstant } from '../../shared/time/instant.ts';
import { endHoldStatement } from '../adapters/db/holds.ts';
import type { VersionedEventType } from '../adapters/db/event-types.ts';
import { lockHostsStatement } from '../adapters/db/hosts.ts';
import { currentNoticesStatement } from '../adapters/db/notices.ts';
import { retryOnDeadlock } from '../adapters/db/retry-on-deadlock.ts';
import type { Trx } from '../adapters/db/schema.ts';
import { runLast, runTogether } from '../adapters/db/statement.ts';
import { readAnswers } from '../domain/bookings/read-answers.ts';
import { readGuests } from '../domain/bookings/read-guests.ts';
import { type Outcome, type Refusal, refuse, refuseField, succeed } from '../domain/outcome.ts';
import { stagePolicy } from '../domain/policy/stage-policy.ts';
import { diaryStatementFor, judgeDiary, judgeHeld, reachToJudge } from './ask-slots.ts';
import type { TenantCaller } from './caller.ts';
import { choosePlace } from './calendar-calls.ts';
import { checkCalendars, type LiveBusy, refuseStart, withLiveBusy } from './check-calendars.ts';
import { Contest } from './contest.ts';
import type { Deps } from './deps.ts';
import { mayUseEventType } from './event-types.ts';
import { type BookingParty, identifyInvitee } from './identify-invitee.ts';
import { findKeptEventType } from './find-kept-event-type.ts';
import { refuseTooManyOpen } from './open-limit.ts';
import { lookAround } from './look-around.ts';
import { judgeNotices, type NoticeQuestion } from './required-notice.ts';
import { screenFields } from './screen-fields.ts';
import { spendAcknowledgement } from './spend-acknowledgement.ts';
import { findUsableHold } from './usable-hold.ts';
import { dropEmailCode, verifyEmail } from './verify-email.ts';
import { type BookingPlan, writeBooking } from './write-booking.ts';

/**
 * Books one start. Identity, policy and terms come first; then one transaction locks the hosts, asks the same function as the listing,
 * claims the time and writes the booking with its history, tokens and kept answer. Of two people at once one gets it; the other is
 * refused with the nearest alternatives.
 */
export async function book(deps: Deps, caller: TenantCaller, given: BookingCreate): Promise<Outcome<Booking>> {
  const { db, clock } = deps;
  const eventType = await findKeptEventType(deps, caller.tenant.id, given.eventTypeId);
  if (eventType === undefined || !mayUseEventType(caller, eventType))
    return refuse('not_found', { detail: 'There is no such event type.' });
  const party = await identifyInvitee(deps, caller, given);
  if (!party.ok) return party;
  const plan = await planBooking(deps, caller, given, eventType, party.value);
  if (!plan.ok) return plan;
  const unverified = await verifyEmail(deps, caller, plan.value.party, given.verificationCode ?? null);
  if (unverified !== null) return unverified;
  const holdId = given.holdId ?? null;
  const asked = { nowMs: clock.nowMs(), durationMinutes: plan.value.durationMinutes, ignoreOwnerIds: [] };
  const { startMs, endMs } = plan.value;
  const live = await checkCalendars(deps, caller.tenant.id, { ...eventType.settings, hostIds: eventType.host_ids, startMs, endMs });
  const attempt = async () =>
    retryOnDeadlock(() =>
      db
        .transaction()
        .execute((trx) => claimAndWrite(deps, trx, caller, plan.value, { holdId, version: eventType.version, nowMs: asked.nowMs, live })),
    );
  const look = async (): Promise<Attempt | null> => {
    const { refused, alternatives } = await lookAround(deps, caller, plan.value, asked);
    return refused !== null && MEETINGS_IN_THE_WAY.includes(refused)
      ? { kind: 'taken', refusal: refuseStart(refused, { alternatives }) }
      : null;
  };
  const outcome =
    holdId === null
      ? await contest.enter(`${caller.tenant.id} ${eventType.event_type_id} ${startMs}`, { attempt, took: isBooked, look })
      : await attempt();
  if (outcome.kind === 'done') return outcome.outcome;
  if (outcome.kind === 'changed') {
    deps.cache.drop(caller.tenant.id);
    return book(deps, caller, given);
  }
  const { refusal } = outcome;
  if (refusal.reason === 'calendar_unavailable' || refusal.alternatives !== undefined) return refusal;
  const { alternatives } = await lookAround(deps, caller, plan.value, asked);
  return { ...refusal, alternatives };
}

/** Those who want one start at the same moment. A hold has settled that already for whoever holds it. */
const contest = new Contest();
const MEETINGS_IN_THE_WAY: readonly SlotRefusal[] = ['booked', 'held', 'buffer'];

function isBooked(attempt: Attempt): boolean {
  return attempt.kind === 'done' && attempt.outcome.ok;
}

type Attempt =
  /** The event type is no longer what the booking was planned by. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'done'; readonly outcome: Outcome<Booking> }
  | { readonly kind: 'taken'; readonly refusal: Refusal };

/** Everything that can be judged before the hosts are locked. */
async function planBooking(
  deps: Deps,
  caller: TenantCaller,
  given: BookingCreate,
  eventType: VersionedEventType,
  party: BookingParty,
): Promise<Outcome<BookingPlan>> {
  const { settings } = eventType;
  const startMs = parseInstant(given.start);
  if (startMs === null) return refuseField('start', 'must be an RFC 3339 instant with an offset');
  const durationMinutes = given.durationMinutes ?? settings.durationsMinutes[0] ?? 0;
  if (!settings.durationsMinutes.includes(durationMinutes))
    return refuseField('durationMinutes', `must be one of ${settings.durationsMinutes.join(', ')}`);
  const policy = stagePolicy(caller.tenant.settings, party.stage);
  const answers = readAnswers(settings.questions, given.answers ?? {}, policy.shareContactDetails);
  if (!answers.ok) return answers;
  const guests = readGuests(given.guests ?? [], settings.guestLimit);
  if (!guests.ok) return guests;
  if (given.invitee?.smsConsent === true && (party.phone === null || !/^\s*\+/.test(party.phone)))
    return refuseField('invitee.phone', 'must be a number with its country code, as in +1 415 555 0123, to get text messages');
  const location = await choosePlace(
    deps.db,
    caller.tenant.id,
    { hostIds: eventType.host_ids, assignment: settings.assignment },
    { offered: settings.locations, asked: given.location, allowed: policy.locations },
  );
  if (!location.ok) return location;
  const texts = {
    'invitee.name': party.name,
    note: given.note,
    ...prefixed('answers', answers.value),
    ...guestNames(guests.value),
    ...locationTexts(location.value),
  };
  const refused = await screenFields(deps, deps.db, caller, texts, party.stage);
  if (refused !== null) return refused;
  return succeed({
    eventType,
    party,
    startMs,
    endMs: startMs + durationMinutes * 60_000,
    durationMinutes,
    answers: answers.value,
    guests: guests.value,
    location: location.value,
    note: given.note ?? null,
    metadata: given.metadata ?? {},
    acknowledgementId: given.acknowledgementId ?? null,
    asksFirst: settings.confirmation === 'request',
    smsConsent: given.invitee?.smsConsent === true,
    actor: null,
  });
}

async function claimAndWrite(
  deps: Deps,
  trx: Trx,
  caller: TenantCaller,
  plan: BookingPlan,
  {
    holdId,
    version,
    nowMs,
    live,
  }: { readonly holdId: string | null; readonly version: string; readonly nowMs: number; readonly live: LiveBusy },
): Promise<Attempt> {
  const { eventType, party, startMs, endMs, durationMinutes } = plan;
  const tenantId = caller.tenant.id;
  const eventTypeId = eventType.event_type_id;
  const [hosts, diary, notices] = await runTogether(trx, [
    lockHostsStatement(tenantId, eventType.host_ids, nowMs),
    diaryStatementFor(tenantId, eventTypeId, { nowMs, fromMs: startMs, toMs: endMs }, reachToJudge(eventType.settings)),
    currentNoticesStatement(tenantId, new Date(nowMs)),
  ]);
  if (diary === undefined) return done(refuse('not_found', { detail: 'There is no such event type.' }));
  if (diary.version !== version) return { kind: 'changed' };
  const notice = await judgeNotices(trx, noticeQuestionOf(caller, plan, nowMs), notices);
  if (notice.missing !== null) return done(refuse('acknowledgement_required', { notice: notice.missing }));
  const tooMany = await refuseTooManyOpen(trx, tenantId, eventType, party, nowMs);
  if (tooMany !== null) return done(tooMany);
  const held = await findUsableHold(trx, caller, { holdId, eventTypeId, startMs, durationMinutes, bookingId: null, nowMs });
  const asked = { nowMs, durationMinutes, ignoreOwnerIds: [] };
  const now = withLiveBusy(diary, live, nowMs);
  const isHeld = held !== null && held !== 'expired';
  const verdict = isHeld
    ? judgeHeld(now, held.host_ids, startMs, { ...asked, ignoreOwnerIds: [held.hold_id] })
    : judgeDiary(now, startMs, asked);
  if (!verdict.bookable) {
    return {
      kind: 'taken',
      refusal: held === 'expired' ? refuse('hold_expired', { slotRefusal: verdict.reason }) : refuseStart(verdict.reason),
    };
  }
  const bookingId = deps.ids.next('bkg');
  const acknowledgementId = notice.acknowledgementIds.join(',') || null;
  const time = {
    bookingId,
    hosts: hosts.filter(({ hostId }) => verdict.hostIds.includes(hostId)),
    before: isHeld ? [endHoldStatement(held, 'used')] : [],
  };
  const { answer, inviteeId, statements } = await writeBooking(deps, trx, caller, { ...plan, acknowledgementId }, time);
  for (const id of notice.toUse) await spendAcknowledgement(deps, trx, tenantId, id, { bookingId, personId: inviteeId, role: 'invitee' });
  await dropEmailCode(trx, caller, party);
  await deps.remember(trx, 201, answer);
  await runLast(trx, statements);
  return done(succeed(answer));
}

function noticeQuestionOf(caller: TenantCaller, { party, acknowledgementId }: BookingPlan, nowMs: number): NoticeQuestion {
  return {
    tenantId: caller.tenant.id,
    tenantLocale: caller.tenant.settings.locale,
    locale: party.locale,
    acknowledgementId,
    role: 'invitee',
    stage: party.stage,
    personId: party.knownPersonId,
    roomId: party.roomId,
    bookingId: null,
    nowMs,
  };
}

function done(outcome: Outcome<Booking>): Attempt {
  return { kind: 'done', outcome };
}

function prefixed(name: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}.${key}`, text]));
}

function guestNames(guests: BookingPlan['guests']): Record<string, string | null> {
  return Object.fromEntries(guests.map((guest, i) => [`guests.${i}.name`, guest.name]));
}

function locationTexts(location: BookingPlan['location']): Record<string, string | null | undefined> {
  if (location.type === 'link') return { 'location.url': location.url };
  return location.type === 'inPerson' ? { 'location.address': location.address } : {};
}
