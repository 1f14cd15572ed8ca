import { createHash } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { sweep } from '../../server/flows/sweep.ts';
import { type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../helpers/world.ts';

const TERMS = {
  key: 'terms',
  placements: ['messageRoom', 'booking'],
  stages: ['preContract'],
  acknowledgement: 'oncePerRoom',
  text: { en: 'Stay **here** until there is a contract.', de: 'Bleibt hier, bis es einen Vertrag gibt.' },
  label: { en: 'I have read this' },
};

describe('the ledger', () => {
  test('a hundred acknowledgements at once make one chain that verifies, because writers wait for the head', async () => {
    await withLedger(async ({ given, acknowledge, verify }) => {
      const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => acknowledge(`client-${i}`)));
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(201));
      expect(await verify()).toMatchObject({ valid: true, entries: 100, checked: 100, dropped: 0, firstWrong: null });
      const rows = await given.db.selectFrom('acknowledgements').select(['entry', 'hash']).orderBy('entry').execute();
      expect(rows.map(({ entry }) => entry)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
      expect(new Set(rows.map(({ hash }) => hash)).size).toBe(100);
    });
  });

  test.each([
    ['a byte of the record', `UPDATE acknowledgements SET record = jsonb_set(record, '{roomId}', '"room-2"') WHERE entry = 2`, 2, 'hash'],
    ['a column beside the record', `UPDATE acknowledgements SET person_id = 'per_other' WHERE entry = 2`, 2, 'columns'],
    ['the time in its column', `UPDATE acknowledgements SET at = at - interval '1 ms' WHERE entry = 2`, 2, 'columns'],
    ['the kind in its column', `UPDATE acknowledgements SET kind = 'withdrawn' WHERE entry = 2`, 2, 'columns'],
    ['the id in its column', `UPDATE acknowledgements SET acknowledgement_id = acknowledgement_id || 'x' WHERE entry = 2`, 2, 'columns'],
    ['the notice in its column', `UPDATE acknowledgements SET notice_version_id = notice_version_id || 'x' WHERE entry = 2`, 2, 'columns'],
    ['the room in its column', `UPDATE acknowledgements SET room_id = 'room-2' WHERE entry = 2`, 2, 'columns'],
    ['the booking in its column', `UPDATE acknowledgements SET booking_id = 'bkg_1' WHERE entry = 2`, 2, 'columns'],
    ['its number', `UPDATE acknowledgements SET entry = 9 WHERE entry = 2`, 3, 'missing'],
    ['the tenant it belongs to', `UPDATE acknowledgements SET tenant_id = 'ten_other' WHERE entry = 2`, 3, 'missing'],
    ['half of what it says', `UPDATE acknowledgements SET record = NULL, dropped_at = now() WHERE entry = 2`, 2, 'columns'],
    ['the number of the version', `UPDATE notice_versions SET version = 7`, 1, 'text'],
    ['the words of the box', `UPDATE notice_versions SET content = jsonb_set(content, '{label,en}', '"Go"')`, 1, 'text'],
    ['a hash', `UPDATE acknowledgements SET hash = 'a' || substr(md5(hash) || md5(hash), 2) WHERE entry = 2`, 2, 'hash'],
    ['a link', `UPDATE acknowledgements SET prev_hash = md5(prev_hash) WHERE entry = 2`, 2, 'chain'],
    ['a row taken out', `DELETE FROM acknowledgements WHERE entry = 2`, 3, 'missing'],
    ['the last rows taken out', `DELETE FROM acknowledgements WHERE entry > 2`, 3, 'missing'],
    ['the text that was accepted', `UPDATE notice_versions SET content = jsonb_set(content, '{text,en}', '"Go"')`, 1, 'text'],
  ])('verify names the row after %s was changed past all guards', async (_name, statement, entry, fault) => {
    await withLedger(async ({ given, acknowledge, verify }) => {
      const answers = [await acknowledge('client-1'), await acknowledge('client-2'), await acknowledge('client-3')];
      await asSuperuser(given, statement);
      expect(await verify()).toMatchObject({ valid: false, firstWrong: { entry, fault } });
      const named = (await verify()).firstWrong.acknowledgementId;
      expect([null, answers[entry - 1]?.body.id]).toContain(named);
    });
  });

  test.each([
    ['UPDATE', `UPDATE acknowledgements SET record = record`],
    [
      'UPDATE of the shape retention makes',
      `UPDATE acknowledgements SET record = NULL, person_id = NULL, room_id = NULL, dropped_at = now()`,
    ],
    ['DELETE', `DELETE FROM acknowledgements`],
    ['TRUNCATE', `TRUNCATE acknowledgements`],
    ['UPDATE of a published notice', `UPDATE notice_versions SET content = content`],
    ['DELETE of a published notice', `DELETE FROM notice_versions`],
  ])('the database refuses %s, whatever a session sets', async (_name, statement) => {
    await withLedger(async ({ given, acknowledge, verify }) => {
      await acknowledge('client-1');
      const refused = asSession(given, `SET parley.retention = 'on'; ${statement}`);
      await expect(refused).rejects.toThrow(/append-only|referenced in a foreign key/);
      expect((await verify()).valid).toBe(true);
    });
  });

  test('retention drops what old rows say, keeps their hashes, and the chain still verifies', async () => {
    await withLedger(async ({ given, world, acknowledge, verify }) => {
      const old = await acknowledge('client-1');
      given.clock.advanceMinutes(60 * 24 * 40);
      const young = await acknowledge('client-2');
      expect(await sweep(given.deps)).toBe(0);
      expect(await verify()).toMatchObject({ valid: true, dropped: 0 });
      await given.call('PATCH', '/v1/tenant', { key: world.secretKey, body: { retentionDays: 30 } });
      await sweep(given.deps);
      expect(await verify()).toMatchObject({ valid: true, entries: 2, checked: 2, dropped: 1 });
      const [emptied, kept] = await given.db.selectFrom('acknowledgements').selectAll().orderBy('entry').execute();
      expect(emptied).toMatchObject({ record: null, person_id: null, room_id: null, hash: old.body.hash });
      expect(kept?.record).not.toBeNull();
      const read = await given.call('GET', `/v1/acknowledgements/${old.body.id}`, { key: world.secretKey });
      expect(read.body).toMatchObject({ key: 'terms', version: 1, actor: null, room: null, contentDropped: true, hash: old.body.hash });
      const third = await acknowledge('client-1');
      expect(third.status).toBe(201);
      expect(await verify()).toMatchObject({ valid: true, entries: 3, dropped: 1 });
      expect((await given.call('POST', `/v1/acknowledgements/${young.body.id}/withdraw`, { key: world.secretKey })).status).toBe(200);
      expect((await verify()).valid).toBe(true);
      await asSuperuser(given, `UPDATE acknowledgements SET hash = md5(hash) || md5(hash) WHERE entry = 1`);
      expect(await verify()).toMatchObject({ valid: false });
    });
  });

  test('withdrawing appends a row, and the acknowledgement no longer opens a booking', async () => {
    await withLedger(async ({ given, world, acknowledge, verify }) => {
      const { body } = await acknowledge('client-1');
      const withdrawn = await given.call('POST', `/v1/acknowledgements/${body.id}/withdraw`, { key: world.secretKey });
      expect(withdrawn.body).toMatchObject({ id: body.id, withdrawnAt: '2026-11-23T12:00:00.000Z' });
      expect(await verify()).toMatchObject({ valid: true, entries: 2 });
      const roomToken = await signRoomToken(world, given.clock.nowMs(), { sub: 'client-1' });
      const booked = await given.call('POST', '/v1/bookings', {
        key: world.publishableKey,
        roomToken,
        body: { eventTypeId: world.eventTypeId, start: '2026-11-24T15:00:00Z', acknowledgementId: body.id },
      });
      expect(booked).toMatchObject({ status: 422, body: { code: 'acknowledgement_required' } });
    });
  });
});

describe('the export', () => {
  test('the bundle is enough to check every hash with its own instructions, and the texts with it', async () => {
    await withLedger(async ({ given, world, acknowledge }) => {
      await acknowledge('client-1');
      const second = await acknowledge('client-2', 'de');
      await given.call('POST', `/v1/acknowledgements/${second.body.id}/withdraw`, { key: world.secretKey });
      const { body } = await given.call('GET', '/v1/acknowledgements/export', { key: world.secretKey });
      expect(body).toMatchObject({ format: 'parley-ledger-1', head: { entries: 3 } });
      expect(body.howToCheck.length).toBeGreaterThan(5);
      let before = '';
      for (const row of body.rows) {
        expect(row.prevHash).toBe(before);
        const sorted = Object.fromEntries(
          Object.keys(row.record)
            .sort()
            .map((key) => [key, row.record[key]]),
        );
        expect(sha256(`${row.prevHash}\n${JSON.stringify(sorted)}`)).toBe(row.hash);
        const version = body.noticeVersions.find((one: { noticeVersionId: string }) => one.noticeVersionId === row.record.noticeVersionId);
        expect(sha256(version.text[row.record.locale])).toBe(row.record.textHash);
        before = row.hash;
      }
      expect(before).toBe(body.head.hash);
      expect(body.rows[1].record.locale).toBe('de');
      expect(body.people.map((one: { externalId: string }) => one.externalId).sort()).toEqual(['client-1', 'client-2']);
    });
  });

  test('as a table it has a line a row, and no cell a spreadsheet would compute', async () => {
    await withLedger(async ({ given, world, acknowledge }) => {
      await acknowledge('client-1', 'en', '=HYPERLINK("https://evil.example","x")');
      const answer = await given.call('GET', '/v1/acknowledgements/export?format=csv', { key: world.secretKey });
      expect(answer.headers['content-type']).toContain('text/csv');
      const lines = answer.text.trimEnd().split('\r\n');
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^entry,kind,acknowledgementId,at,.*,hash,droppedAt$/);
      expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    });
  });
});

interface Ledger {
  readonly given: TestApp;
  readonly world: World;
  readonly acknowledge: (sub: string, locale?: string, roomId?: string) => Promise<Awaited<ReturnType<TestApp['call']>>>;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly verify: () => Promise<any>;
}

async function withLedger(use: (ledger: Ledger) => Promise<void>): Promise<void> {
  await withApp(async (given) => {
    const world = await makeWorld(given);
    const { body: notice } = await given.call('POST', '/v1/notices', { key: world.secretKey, body: TERMS });
    const acknowledge: Ledger['acknowledge'] = async (sub, locale = 'en', roomId = 'room-1') => {
      const roomToken = await signRoomToken(world, given.clock.nowMs(), { sub, room: { id: roomId, stage: 'preContract' } });
      const body = { noticeVersionId: notice.versions[0].id, locale };
      return given.call('POST', '/v1/acknowledgements', { key: world.publishableKey, roomToken, body });
    };
    const verify = async () => (await given.call('GET', '/v1/acknowledgements/verify', { key: world.secretKey })).body;
    await use({ given, world, acknowledge, verify });
  });
}

/** With triggers switched off, as only a superuser can. */
async function asSuperuser(given: TestApp, statement: string): Promise<void> {
  await asSession(given, `SET session_replication_role = replica; ${statement}`);
}

async function asSession(given: TestApp, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: given.url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text.normalize('NFC').replaceAll(/\r\n?/g, '\n'), 'utf8').digest('hex');
}
