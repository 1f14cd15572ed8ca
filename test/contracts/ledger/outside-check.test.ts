import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sweep } from '../../../server/flows/sweep.ts';
import { withApp } from '../../helpers/app.ts';
import { makeWorld, signRoomToken } from '../../helpers/world.ts';

const CODE = readFileSync(new URL('check_bundle.py', import.meta.url), 'utf8');
const TERMS = {
  key: 'terms',
  placements: ['booking'],
  stages: ['preContract'],
  acknowledgement: 'everyBooking',
  // Line ends, spaces around, a letter in two parts and one beyond the first plane: what normalising is for.
  text: { en: '  Stay here.\r\nCafe\u0301 🤝 "terms"  ', hi: 'यहीं रहें' },
  label: { en: 'I have read this' },
};

interface Case {
  readonly of: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly bundle: any;
  /** What the checker says of it; null: anything but that all is well. */
  readonly says: string | null;
}

/** All of them in one process: starting it takes longer than it works. */
function judge(cases: readonly Case[]): string[] {
  const input = cases.map(({ bundle }) => `${JSON.stringify(bundle)}\n`).join('');
  return spawnSync('python3', ['-c', CODE], { input, encoding: 'utf8' }).stdout.trim().split('\n');
}

describe.skipIf(spawnSync('python3', ['-c', '']).status !== 0)(
  'an exported ledger, checked in another language by its own instructions',
  () => {
    test('holds with odd texts, a use, a withdrawal and content dropped by retention; every changed field of every row is found', async () => {
      await withApp(async (given) => {
        const world = await makeWorld(given, { tenant: { defaultStage: 'preContract', retentionDays: 30 } });
        const { body: notice } = await given.call('POST', '/v1/notices', { key: world.secretKey, body: TERMS });
        const noticeVersionId = notice.versions[0].id;
        const inRoom = async (sub: string, roomId: string, locale: string) => {
          const roomToken = await signRoomToken(world, given.clock.nowMs(), { sub, room: { id: roomId, stage: 'preContract' } });
          const body = { noticeVersionId, locale, timeZone: 'Asia/Calcutta' };
          const acknowledged = await given.call('POST', '/v1/acknowledgements', { key: world.publishableKey, roomToken, body });
          return { id: acknowledged.body.id as string, roomToken };
        };
        await inRoom('old', 'room-1', 'en');
        given.clock.advanceMinutes(60 * 24 * 40);
        await sweep(given.deps);
        const { id, roomToken } = await inRoom('client \u2028"1"\\', 'räum \u{1F91D}\u007f', 'hi');
        const start = new Date(given.clock.nowMs() + 86_400_000).toISOString().replace(/T.*/, 'T15:00:00Z');
        const booked = await given.call('POST', '/v1/bookings', {
          key: world.publishableKey,
          roomToken,
          body: { eventTypeId: world.eventTypeId, start: nextWeekday(start), acknowledgementId: id },
        });
        expect(booked.status, booked.text).toBe(201);
        await given.call('POST', `/v1/acknowledgements/${id}/withdraw`, { key: world.secretKey });
        const { body: bundle } = await given.call('GET', '/v1/acknowledgements/export', { key: world.secretKey });
        expect(bundle.rows.map((row: { kind: string }) => row.kind)).toEqual(['acknowledged', 'acknowledged', 'used', 'withdrawn']);
        expect(bundle.rows[0]).toMatchObject({ record: null });
        const cases: Case[] = [{ of: 'as exported', bundle, says: 'ok' }];
        for (const [index, row] of bundle.rows.entries()) {
          const fields = ['entry', 'prevHash', 'hash', ...(row.record === null ? [] : ['kind', 'acknowledgementId', 'at'])];
          for (const field of fields)
            cases.push({ of: `${index} ${field}`, bundle: changed(bundle, index, (copy) => alter(copy, field)), says: null });
          for (const field of Object.keys(row.record ?? {})) {
            const says = `${index + 1} hash`;
            cases.push({ of: `${index} record.${field}`, bundle: changed(bundle, index, (copy) => alter(copy.record, field)), says });
          }
        }
        const otherTexts = bundle.noticeVersions.map((one: object) => ({ ...one, text: { en: 'Go', hi: 'Go' } }));
        cases.push(
          { of: 'the last row gone', bundle: { ...bundle, rows: bundle.rows.slice(0, -1) }, says: 'head' },
          { of: 'a row gone', bundle: { ...bundle, rows: bundle.rows.toSpliced(2, 1) }, says: '3 missing' },
          { of: 'other texts', bundle: { ...bundle, noticeVersions: otherTexts }, says: '2 text' },
        );
        const said = judge(cases);
        expect(said).toHaveLength(cases.length);
        for (const [i, { of, says }] of cases.entries()) {
          if (says === null) expect(said[i], of).toMatch(/^(\d+ [a-zA-Z]+|head)$/);
          else expect(said[i], of).toBe(says);
        }
      });
    });
  },
);

// oxlint-disable-next-line typescript/no-explicit-any
function changed(bundle: any, index: number, change: (row: any) => void): any {
  const copy = structuredClone(bundle);
  change(copy.rows[index]);
  return copy;
}

/** One character more, one number up, a fact where none was. */
function alter(object: Record<string, unknown>, field: string): void {
  const value = object[field];
  object[field] =
    typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : 'x';
}

function nextWeekday(start: string): string {
  const day = new Date(start);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString();
}
