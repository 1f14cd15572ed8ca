import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeliveryAttempt, judgeDelivery } from '../../../server/domain/webhooks/judge-delivery.ts';
import { liveSecrets } from '../../../server/domain/webhooks/live-secrets.ts';
import { nextAttemptAt, RETRY_DELAYS_MS } from '../../../server/domain/webhooks/retry-schedule.ts';
import { wantsEvent } from '../../../server/domain/webhooks/wants-event.ts';
import { MAX_BODY_BYTES, webhookBody } from '../../../server/domain/webhooks/webhook-body.ts';

const NOW = Date.UTC(2026, 9, 20, 12);
const HOUR = 3_600_000;

describe('nextAttemptAt', () => {
  const failed = { failedAtMs: NOW, luck: 0, retryAfterMs: null };

  it('follows the table of the standard for some three days, then ends', () => {
    let atMs = NOW;
    let attempt = 1;
    for (let next = nextAttemptAt({ ...failed, attempt }); next !== null; next = nextAttemptAt({ ...failed, attempt, failedAtMs: atMs })) {
      atMs = next;
      attempt += 1;
    }
    expect(attempt).toBe(RETRY_DELAYS_MS.length + 1);
    expect((atMs - NOW) / (24 * HOUR)).toBeGreaterThan(3);
    expect((atMs - NOW) / (24 * HOUR)).toBeLessThan(3.5);
  });

  it('spreads what failed together by up to a fifth of the wait', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, luck) => {
        const waitMs = (nextAttemptAt({ ...failed, attempt, luck }) ?? 0) - NOW;
        const tableMs = RETRY_DELAYS_MS[attempt - 1] ?? 0;
        expect(waitMs).toBeGreaterThanOrEqual(tableMs);
        expect(waitMs).toBeLessThanOrEqual(tableMs * 1.2);
      }),
    );
  });

  it.each([
    ['a longer wait', 60_000, 60_000],
    ['a shorter wait than the table', 1, 5000],
    ['a year', 365 * 24 * HOUR, 24 * HOUR],
  ])('heeds the receiver that asks for %s', (_name, retryAfterMs, waitMs) => {
    expect(nextAttemptAt({ ...failed, attempt: 1, retryAfterMs })).toBe(NOW + waitMs);
  });
});

describe('judgeDelivery', () => {
  const first: DeliveryAttempt = {
    status: 200,
    attempt: 1,
    atMs: NOW,
    luck: 0,
    retryAfterMs: null,
    endpointLastSuccessMs: null,
    firstAttemptMs: NOW,
  };

  it.each<[number | null, string]>([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'retry'],
    [307, 'retry'],
    [400, 'retry'],
    [404, 'retry'],
    [410, 'disable'],
    [429, 'retry'],
    [500, 'retry'],
    [null, 'retry'],
  ])('%s: %s', (status, act) => {
    expect(judgeDelivery({ ...first, status }).act).toBe(act);
  });

  it('pauses an endpoint that nothing has reached since the first of ten attempts, and only then', () => {
    const last = { ...first, status: 500, attempt: RETRY_DELAYS_MS.length + 1 };
    expect(judgeDelivery(last)).toEqual({ act: 'pause' });
    expect(judgeDelivery({ ...last, endpointLastSuccessMs: NOW - 1 })).toEqual({ act: 'pause' });
    expect(judgeDelivery({ ...last, endpointLastSuccessMs: NOW + 1 })).toEqual({ act: 'giveUp' });
    expect(judgeDelivery({ ...last, attempt: RETRY_DELAYS_MS.length }).act).toBe('retry');
  });
});

describe('liveSecrets', () => {
  const previous = { secret: 'old', validUntilMs: NOW };
  it('are two until the rotation is over, then one', () => {
    expect(liveSecrets({ current: 'new', previous: null }, NOW)).toEqual(['new']);
    expect(liveSecrets({ current: 'new', previous }, NOW - 1)).toEqual(['new', 'old']);
    expect(liveSecrets({ current: 'new', previous }, NOW)).toEqual(['new']);
  });
});

describe('wantsEvent', () => {
  it.each([
    [['booking.*'], 'booking.confirmed', true],
    [['booking.*'], 'bookings.confirmed', false],
    [['booking.*'], 'booking', false],
    [['*'], 'calendar.error', true],
    [['hold.expired'], 'hold.expired', true],
    [['hold.expired'], 'hold.expiredToo', false],
    [[], 'booking.confirmed', false],
    [['calendar.*', 'message.failed'], 'message.failed', true],
  ])('%j wants %s: %s', (patterns, type, expected) => {
    expect(wantsEvent(patterns, type)).toBe(expected);
  });
});

describe('webhookBody', () => {
  const event = { type: 'booking.confirmed', atMs: NOW, data: { id: 'bkg_1', booking: { note: 'hello', metadata: { a: 1 } } } };

  it('is type, timestamp and data, unchanged where it fits', () => {
    expect(JSON.parse(webhookBody(event))).toEqual({ type: 'booking.confirmed', timestamp: '2026-10-20T12:00:00.000Z', data: event.data });
  });

  it('cuts long texts first, and says so', () => {
    const note = '🙂'.repeat(10_000);
    const { data } = JSON.parse(webhookBody({ ...event, data: { ...event.data, booking: { note, metadata: { a: 1 } } } })) as {
      data: { truncated: boolean; booking: { note: string; metadata: unknown } };
    };
    expect(data.truncated).toBe(true);
    expect(data.booking.metadata).toEqual({ a: 1 });
    expect(data.booking.note).toMatch(/^(?:🙂)+…$/u);
  });

  it('stays under 20 kB for anything, and keeps the id', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string({ unit: 'binary', maxLength: 4000 }), { maxKeys: 40 }),
        fc.nat(400),
        (metadata, count) => {
          const starts = Array.from({ length: count * 10 }, () => '2026-10-20T12:00:00Z');
          const body = webhookBody({ ...event, data: { bookingId: 'bkg_1', booking: { metadata, odd: metadata }, starts, other: starts } });
          expect(Buffer.byteLength(body)).toBeLessThan(MAX_BODY_BYTES);
          expect((JSON.parse(body) as { data: { bookingId: string } }).data.bookingId).toBe('bkg_1');
        },
      ),
      { numRuns: 60 },
    );
  });
});
