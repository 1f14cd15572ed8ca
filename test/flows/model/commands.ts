import fc from 'fast-check';
import { expect } from 'vitest';
import { sweep } from '../../../server/flows/sweep.ts';
import { type Booked, HOLD_MS, HOUR, type Kind, MAX_RESCHEDULES, MINUTE, type Model, REQUEST_MS, type Side } from './model.ts';
import type { Real } from './real.ts';

/** One step: what is asked of the service and what the model says must come of it. */
type Step = (model: Model, real: Real) => Promise<void>;

class Command implements fc.AsyncCommand<Model, Real> {
  private readonly name: string;
  private readonly step: Step;

  constructor(name: string, step: Step) {
    this.name = name;
    this.step = step;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    await this.step(model, real);
    real.count(this.name);
    await real.compare(model, this.name);
  }

  toString(): string {
    return this.name;
  }
}

const kind = fc.constantFrom<Kind>('instant', 'request');
const side = fc.constantFrom<Side>('host', 'invitee');
const person = fc.nat({ max: 3 });
const slot = fc.nat({ max: 40 });
const index = fc.nat({ max: 30 });

/** Every kind of step, with what it is about drawn at random. */
export const commands = [
  fc.record({ kind, person, slot, useHold: fc.boolean() }).map((of) => new Command(`book ${show(of)}`, book(of))),
  fc.record({ kind, person, slot, useHold: fc.constant(true) }).map((of) => new Command(`book ${show(of)}`, book(of))),
  fc.record({ kind, person, slot }).map((of) => new Command(`hold ${show(of)}`, hold(of))),
  fc.record({ person }).map((of) => new Command(`release ${show(of)}`, release(of))),
  fc.record({ index, yes: fc.boolean() }).map((of) => new Command(`decide ${show(of)}`, decide(of))),
  fc.record({ index }).map((of) => new Command(`cancel ${show(of)}`, cancel(of))),
  fc.record({ index, slot, side }).map((of) => new Command(`reschedule ${show(of)}`, reschedule(of))),
  fc
    .record({ kind, side, slots: fc.uniqueArray(slot, { minLength: 1, maxLength: 3 }) })
    .map((of) => new Command(`propose ${show(of)}`, propose(of))),
  fc.record({ index, slot: fc.nat({ max: 3 }), side }).map((of) => new Command(`accept ${show(of)}`, accept(of))),
  fc.record({ index, side }).map((of) => new Command(`withdraw ${show(of)}`, withdraw(of))),
  fc.record({ minutes: fc.constantFrom(1, 4, 5, 29, 60, 61, 300) }).map((of) => new Command(`wait ${show(of)}`, wait(of))),
  fc.constant(new Command('sweep', sweepNow)),
];

function book(of: { kind: Kind; person: number; slot: number; useHold: boolean }): Step {
  return async (model, real) => {
    const held = of.useHold ? model.holds.findLast((one) => one.person === of.person && !one.ended) : undefined;
    const startMs = held?.startMs ?? startOf(model, of.slot);
    const which = held?.kind ?? of.kind;
    const usable = held !== undefined && model.isLive(held);
    const ok = usable ? model.isFree(startMs, [held.id]) : model.isBookable(which, startMs);
    const answer = await real.asPerson(of.person, 'POST', '/v1/bookings', {
      eventTypeId: real.eventTypes[which],
      start: iso(startMs),
      ...(held && { holdId: held.id }),
    });
    expect(answer.status, answer.text).toBe(ok ? 201 : 409);
    if (!ok) return;
    if (usable) held.ended = true;
    const { id, manageToken, status } = answer.body;
    const untilMs = which === 'request' ? Math.min(model.nowMs + REQUEST_MS, startMs) : null;
    const booking: Booked = {
      what: 'booking',
      id,
      token: manageToken,
      kind: which,
      startMs,
      status: which === 'request' ? 'requested' : 'confirmed',
      untilMs,
      askedMs: null,
      moves: 0,
    };
    model.bookings.push(booking);
    expect(status).toBe(model.statusOf(booking));
  };
}

function hold(of: { kind: Kind; person: number; slot: number }): Step {
  return async (model, real) => {
    const startMs = startOf(model, of.slot);
    const before = model.holds.filter((one) => one.person === of.person && model.isLive(one));
    const ok = model.isBookable(
      of.kind,
      startMs,
      before.map(({ id }) => id),
    );
    const answer = await real.asPerson(of.person, 'POST', '/v1/holds', { eventTypeId: real.eventTypes[of.kind], start: iso(startMs) });
    expect(answer.status, answer.text).toBe(ok ? 201 : 409);
    if (!ok) return;
    for (const one of before) one.ended = true;
    model.holds.push({
      what: 'hold',
      id: answer.body.id,
      kind: of.kind,
      person: of.person,
      startMs,
      untilMs: Math.min(model.nowMs + HOLD_MS, startMs),
      ended: false,
    });
  };
}

function release(of: { person: number }): Step {
  return async (model, real) => {
    const last = model.holds.findLast((one) => one.person === of.person);
    if (last === undefined) return;
    expect((await real.asPerson(of.person, 'DELETE', `/v1/holds/${last.id}`)).status).toBe(204);
    last.ended = true;
  };
}

function decide(of: { index: number; yes: boolean }): Step {
  return async (model, real) => {
    const booking = pick(model.bookings, of.index);
    if (booking === undefined) return;
    const asked = model.askedOf(booking);
    const open = asked !== null || model.statusOf(booking) === 'requested';
    const answer = await real.asHost('POST', `/v1/bookings/${booking.id}/${of.yes ? 'confirm' : 'decline'}`, {});
    expect(answer.status, answer.text).toBe(open ? 200 : 409);
    if (!open) {
      expect(answer.body).toMatchObject({ code: 'invalid_state', state: model.statusOf(booking) });
      return;
    }
    if (asked === null) booking.status = of.yes ? 'confirmed' : 'declined';
    else if (of.yes) [booking.startMs, booking.moves] = [asked, booking.moves + 1];
    [booking.askedMs, booking.untilMs] = [null, null];
  };
}

function cancel(of: { index: number }): Step {
  return async (model, real) => {
    const booking = pick(model.bookings, of.index);
    if (booking === undefined) return;
    const status = model.statusOf(booking);
    const ok = status === 'cancelled' || ((status === 'requested' || status === 'confirmed') && booking.startMs > model.nowMs);
    const answer = await real.withToken(booking.token, `/v1/bookings/${booking.id}/cancel`, {});
    expect(answer.status, answer.text).toBe(ok ? 200 : 409);
    if (ok) [booking.status, booking.askedMs, booking.untilMs] = ['cancelled', null, null];
  };
}

function reschedule(of: { index: number; slot: number; side: Side }): Step {
  return async (model, real) => {
    const booking = pick(model.bookings, of.index);
    if (booking === undefined) return;
    const startMs = startOf(model, of.slot);
    const status = model.statusOf(booking);
    const open = status === 'requested' || status === 'confirmed';
    const there = open && (booking.startMs === startMs || model.askedOf(booking) === startMs);
    const allowed = open && booking.startMs > model.nowMs && (of.side === 'host' || booking.moves < MAX_RESCHEDULES);
    const ok = there || (allowed && model.isBookable(booking.kind, startMs, [booking.id]));
    const url = `/v1/bookings/${booking.id}/reschedule`;
    const answer =
      of.side === 'host'
        ? await real.asHost('POST', url, { start: iso(startMs) })
        : await real.withToken(booking.token, url, { start: iso(startMs) });
    expect(answer.status, answer.text).toBe(ok ? 200 : 409);
    if (!ok || there) return;
    const deadlineMs = Math.min(model.nowMs + REQUEST_MS, startMs);
    if (status === 'confirmed' && booking.kind === 'request' && of.side === 'invitee') {
      [booking.askedMs, booking.untilMs] = [startMs, Math.min(deadlineMs, booking.startMs)];
      return;
    }
    const untilMs = status === 'confirmed' ? null : of.side === 'host' ? Math.min(booking.untilMs ?? Infinity, startMs) : deadlineMs;
    [booking.startMs, booking.askedMs, booking.untilMs, booking.moves] = [startMs, null, untilMs, booking.moves + 1];
  };
}

function propose(of: { kind: Kind; side: Side; slots: number[] }): Step {
  return async (model, real) => {
    const startsMs = [...new Set(of.slots.map((one) => startOf(model, one)))].sort((a, b) => a - b);
    const before = model.proposals.filter((one) => one.kind === of.kind && model.statusOf(one) === 'open');
    const ok = startsMs.every((startMs) =>
      model.isBookable(
        of.kind,
        startMs,
        before.map(({ id }) => id),
      ),
    );
    const body = { eventTypeId: real.eventTypes[of.kind], starts: startsMs.map(iso), expiresMinutes: 120 };
    const answer = await real.inRoom(of.side, 'POST', '/v1/proposals', body);
    expect(answer.status, answer.text).toBe(ok ? 201 : 409);
    if (!ok) return;
    for (const one of before) one.status = 'withdrawn';
    const untilMs = Math.min(model.nowMs + 2 * HOUR, startsMs.at(-1) ?? 0);
    model.proposals.push({ what: 'proposal', id: answer.body.id, kind: of.kind, by: of.side, startsMs, untilMs, status: 'open' });
  };
}

function accept(of: { index: number; slot: number; side: Side }): Step {
  return async (model, real) => {
    const proposal = pick(model.proposals, of.index);
    if (proposal === undefined) return;
    const startMs = proposal.startsMs[of.slot % proposal.startsMs.length] ?? 0;
    const answer = await real.inRoom(of.side, 'POST', `/v1/proposals/${proposal.id}/accept`, { start: iso(startMs) });
    if (of.side === proposal.by) return expect(answer.status, answer.text).toBe(403);
    const made = proposal.status === 'accepted' ? model.bookings.find(({ id }) => id === answer.body.id) : undefined;
    if (made !== undefined) return expect(made.startMs).toBe(startMs);
    const ok = model.statusOf(proposal) === 'open' && startMs > model.nowMs;
    expect(answer.status, answer.text).toBe(ok ? 200 : 409);
    if (!ok) return;
    proposal.status = 'accepted';
    const { id } = answer.body;
    model.bookings.push({
      what: 'booking',
      id,
      token: await real.tokenOf(id),
      kind: proposal.kind,
      startMs,
      status: 'confirmed',
      untilMs: null,
      askedMs: null,
      moves: 0,
    });
  };
}

function withdraw(of: { index: number; side: Side }): Step {
  return async (model, real) => {
    const proposal = pick(model.proposals, of.index);
    if (proposal === undefined) return;
    const status = model.statusOf(proposal);
    const ok = status === 'open' || status === 'withdrawn';
    const answer = await real.inRoom(of.side, 'POST', `/v1/proposals/${proposal.id}/withdraw`, {});
    expect(answer.status, answer.text).toBe(ok ? 200 : 409);
    if (ok) proposal.status = 'withdrawn';
  };
}

function wait(of: { minutes: number }): Step {
  return async (model, real) => {
    model.nowMs += of.minutes * MINUTE;
    real.test.clock.setTime(model.nowMs);
  };
}

async function sweepNow(model: Model, real: Real): Promise<void> {
  await sweep(real.test.deps);
  model.settle();
}

function startOf(model: Model, slot: number): number {
  return model.starts[slot % model.starts.length] ?? 0;
}

function pick<T>(all: readonly T[], index: number): T | undefined {
  // Lately made ones are of more interest than those long over.
  return all.length === 0 ? undefined : all[all.length - 1 - (index % Math.min(all.length, 8))];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function show(of: object): string {
  return JSON.stringify(of).replaceAll('"', '');
}
