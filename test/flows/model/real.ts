import { expect } from 'vitest';
import { sql } from 'kysely';
import { openPartyTokens } from '../../../server/flows/booking-tokens.ts';
import type { Answer, TestApp } from '../../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../../helpers/world.ts';
import { HOLD_MS, type Kind, MAX_PER_DAY, MAX_RESCHEDULES, MINUTE, type Model, REQUEST_MS, type Side } from './model.ts';

/** The service under test: one tenant, one host, two event types, several people. */
export class Real {
  readonly test: TestApp;
  readonly world: World;
  readonly eventTypes: Readonly<Record<Kind, string>>;
  steps = 0;
  /** How often each kind of step was taken, and how often the service said yes to it. */
  readonly taken: Record<string, { steps: number; yes: number }> = {};
  private yes = false;

  private constructor(test: TestApp, world: World, eventTypes: Readonly<Record<Kind, string>>) {
    this.test = test;
    this.world = world;
    this.eventTypes = eventTypes;
  }

  static async make(test: TestApp): Promise<Real> {
    const rules = {
      minimumNoticeMinutes: 0,
      bufferAfterMinutes: 15,
      maxPerDay: MAX_PER_DAY,
      maxReschedules: MAX_RESCHEDULES,
      requestExpiresMinutes: REQUEST_MS / MINUTE,
    };
    const world = await makeWorld(test, { tenant: { holdMinutes: HOLD_MS / MINUTE }, host: { timeZone: 'UTC' }, eventType: rules });
    const asked = await test.call('POST', '/v1/event-types', {
      key: world.secretKey,
      body: { hostId: world.hostId, title: 'Asked for', durationsMinutes: [30], ...rules, confirmation: 'request' },
    });
    return new Real(test, world, { instant: world.eventTypeId, request: asked.body.id });
  }

  /** Notes a step just taken. */
  count(name: string): void {
    const one = (this.taken[name.split(' ')[0] ?? ''] ??= { steps: 0, yes: 0 });
    one.steps += 1;
    if (this.yes) one.yes += 1;
    this.yes = false;
  }

  async asPerson(person: number, method: 'POST' | 'DELETE', url: string, body?: object): Promise<Answer> {
    const roomToken = await signRoomToken(this.world, this.test.clock.nowMs(), {
      sub: `client-${person}`,
      room: { id: `room-${person}`, stage: 'contract' },
    });
    return this.note(this.test.call(method, url, { key: this.world.publishableKey, roomToken, ...(body && { body }) }));
  }

  async asHost(method: 'POST', url: string, body: object): Promise<Answer> {
    const roomToken = await signRoomToken(this.world, this.test.clock.nowMs(), { sub: 'ana', role: 'host', room: null });
    return this.note(this.test.call(method, url, { key: this.world.publishableKey, roomToken, body }));
  }

  async inRoom(side: Side, method: 'POST', url: string, body: object): Promise<Answer> {
    if (side === 'invitee') return this.asPerson(0, method, url, body);
    const roomToken = await signRoomToken(this.world, this.test.clock.nowMs(), {
      sub: 'ana',
      role: 'host',
      room: { id: 'room-0', stage: 'contract' },
    });
    return this.note(this.test.call(method, url, { key: this.world.publishableKey, roomToken, body }));
  }

  async withToken(token: string, url: string, body: object): Promise<Answer> {
    return this.note(this.test.call('POST', url, { key: token, body }));
  }

  /** The invitee's link of a booking, which the host who accepts is not told. */
  async tokenOf(bookingId: string): Promise<string> {
    const rows = await this.test.db
      .selectFrom('booking_tokens')
      .selectAll()
      .where('booking_id', '=', bookingId)
      .where('party', '=', 'invitee')
      .execute();
    return openPartyTokens(this.test.deps, rows).manage ?? expect.fail('the invitee has no link');
  }

  /** The tables and the model must say the same: whose every time is, and where each booking stands. Every so often the listing too. */
  async compare(model: Model, after: string): Promise<void> {
    this.steps += 1;
    const { tenantId } = this.world;
    const now = new Date(model.nowMs);
    const claims = await sql<{ claim: string }>`
      SELECT owner_id || ' ' || (extract(epoch FROM starts_at) * 1000)::bigint AS claim FROM claims
      WHERE tenant_id = ${tenantId} AND (expires_at IS NULL OR expires_at > ${now})`.execute(this.test.db);
    expect(claims.rows.map(({ claim }) => claim).sort(), `claims after ${after}`).toEqual(
      model
        .claims()
        .map(({ ownerId, startMs }) => `${ownerId} ${startMs}`)
        .sort(),
    );
    const bookings = await this.test.db
      .selectFrom('bookings')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('booking_id')
      .execute();
    expect(
      bookings.map((row) => `${row.booking_id} ${row.status} ${row.start_at.getTime()} ${row.reschedule_count}`),
      `bookings after ${after}`,
    ).toEqual(model.bookings.map((one) => `${one.id} ${one.status} ${one.startMs} ${one.moves}`).sort());
    if (this.steps % 10 === 0) await this.compareListing(model);
  }

  private async note(answer: Promise<Answer>): Promise<Answer> {
    this.yes = (await answer).status < 300;
    return answer;
  }

  private async compareListing(model: Model): Promise<void> {
    const [first = 0, last = 0] = [model.starts[0], model.starts.at(-1)];
    const url = `/v1/event-types/${this.world.eventTypeId}/slots?from=${new Date(first).toISOString()}&to=${new Date(last + 1).toISOString()}&timeZone=UTC`;
    const { body } = await this.test.call('GET', url, { key: this.world.secretKey });
    const listed = body.days.flatMap((day: { slots: { start: string }[] }) => day.slots.map((slot) => Date.parse(slot.start)));
    expect(new Set(listed).size).toBe(listed.length);
    // Holds alone never close a whole day in a listing, so it may show a start that a booking would be refused for its limit.
    for (const startMs of model.starts) {
      if (model.isBookable('instant', startMs)) expect(listed).toContain(startMs);
      else if (startMs < model.nowMs || !model.isFree(startMs, [])) expect(listed).not.toContain(startMs);
    }
  }
}
