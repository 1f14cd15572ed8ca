import { sql } from 'kysely';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { connectDatabase } from '../../../server/adapters/db/connect.ts';
import { retryOnDeadlock } from '../../../server/adapters/db/retry-on-deadlock.ts';
import type { Db, Trx } from '../../../server/adapters/db/schema.ts';
import { runLast, runStatement, runTogether, type Statement } from '../../../server/adapters/db/statement.ts';
import { withEmptyDatabase } from '../../helpers/database.ts';

const one: Statement<unknown> = ask('one', 'SELECT 1 AS one');
const broken: Statement<unknown> = ask('broken', 'SELECT 1 / $1::integer AS none', [0]);
const add = (word: string) => ({ ...ask('add-word', 'INSERT INTO words (word) VALUES ($1)', [word]), read: () => {} });

test('values come out as they went in, whatever they hold', async () => {
  await withOne(async (db) => {
    const texts = [
      '',
      ' ',
      'plain',
      `it's "quoted"`,
      'back\\slash',
      'a,b',
      '{c,d}',
      'NULL',
      'null',
      'line\nbreak\ttab',
      '日本 🙂',
      `'; DROP TABLE words; --`,
    ];
    const echo = ask(
      'echo',
      'SELECT $1::text[] AS texts, $2::text AS text, $3::text AS missing, $4::timestamptz AS at, $5::boolean AS yes',
      [[...texts, null], `it's {"quoted", \\back}`, undefined, new Date('2026-11-26T12:00:00.123Z'), true],
    );
    for (const attempt of ['first', 'prepared']) {
      expect([attempt, await runStatement(db, echo)]).toEqual([
        attempt,
        [{ texts: [...texts, null], text: `it's {"quoted", \\back}`, missing: null, at: new Date('2026-11-26T12:00:00.123Z'), yes: true }],
      ]);
    }
    const dates = [new Date('2026-03-01T00:00:00Z'), new Date(Date.UTC(12_026, 0, 1)), new Date(-62_200_000_000_000)];
    const answered = ask('dates', 'SELECT extract(epoch FROM at)::float8 * 1000 AS ms FROM unnest($1::timestamptz[]) AS at', [dates]);
    expect(await runStatement(db, answered)).toEqual(dates.map((date) => ({ ms: date.getTime() })));
    expect(await runStatement(db, ask('none', 'SELECT cardinality($1::text[]) AS count', [[]]))).toEqual([{ count: 0 }]);
  });
});

test('what PostgreSQL cannot read is an error, and the connection goes on', async () => {
  await withOne(async (db) => {
    const echo = (value: unknown) => runStatement(db, ask('text', 'SELECT $1::text AS text', [value]));
    await expect(echo('a\0b')).rejects.toThrow(/invalid byte sequence/);
    await expect(echo({ an: 'object' })).rejects.toThrow(/neither instant/);
    await expect(echo([['nested']])).rejects.toThrow(/neither instant/);
    await expect(echo(new Date(Number.NaN))).rejects.toThrow(/Invalid time/);
    expect(await echo('a b')).toEqual([{ text: 'a b' }]);
  });
});

test('an error in the middle skips the rest, keeps nothing of the transaction, and leaves the connection clean', async () => {
  await withOne(async (db) => {
    for (const attempt of [1, 2, 3]) {
      const failing = db.transaction().execute((trx) => runTogether(trx, [add(`a${attempt}`), broken, add(`b${attempt}`)]));
      await expect(failing).rejects.toThrow(/division by zero/);
      expect(await wordsIn(db)).toEqual([]);
    }
    // Prepared before, in a batch that failed later.
    await db.transaction().execute((trx) => runTogether(trx, [add('c'), one, add('d')]));
    expect(await wordsIn(db)).toEqual(['c', 'd']);
  });
});

test('an error in the last statements keeps nothing, and neither does one in a COMMIT', async () => {
  await withOne(async (db) => {
    const last = (statements: readonly Statement<void>[]) =>
      db.transaction().execute(async (trx) => {
        await runStatement(trx, add('first'));
        await runLast(trx, statements);
      });
    await expect(last([add('second'), broken as Statement<void>])).rejects.toThrow(/division by zero/);
    await expect(last([add('twice'), add('twice')])).rejects.toThrow(/duplicate key/);
    expect(await wordsIn(db)).toEqual([]);
    await last([add('second')]);
    expect(await wordsIn(db)).toEqual(['first', 'second']);
  });
});

test('a transaction whose failure nobody looked at is not committed, and its connection is not handed on in it', async () => {
  await withOne(async (db) => {
    const swallowed = db.transaction().execute(async (trx) => {
      await runStatement(trx, add('swallowed'));
      await runStatement(trx, broken).catch(() => {});
    });
    await expect(swallowed).rejects.toThrow(/rolled back/);
    expect(await wordsIn(db)).toEqual([]);
    await db.connection().execute(async (connection) => {
      await sql`BEGIN`.execute(connection);
      await sql`INSERT INTO words (word) VALUES ('left open')`.execute(connection);
    });
    expect(await wordsIn(db)).toEqual([]);
    await expect(runStatement(db, add('afterwards'))).resolves.toBeUndefined();
    expect(await wordsIn(db)).toEqual(['afterwards']);
  });
});

test('what is left for the end is sent once, all of it, and nothing is asked after it', async () => {
  await withOne(async (db) => {
    await db.transaction().execute(async (trx) => {
      await runLast(trx, [add('one')]);
      await runLast(trx, [add('two')]);
    });
    expect(await wordsIn(db)).toEqual(['one', 'two']);
    const late = (ask: (trx: Trx) => Promise<unknown>) =>
      db.transaction().execute(async (trx) => {
        await runLast(trx, [add('three')]);
        await ask(trx);
      });
    await expect(late((trx) => runStatement(trx, one))).rejects.toThrow(/after its last statements/);
    await expect(late((trx) => sql`SELECT 1`.execute(trx))).rejects.toThrow(/after its last statements/);
    // Given up before its end: its last statements are not those of the next one.
    const givenUp = db.transaction().execute(async (trx) => {
      await runLast(trx, [add('never')]);
      throw new Error('given up');
    });
    await expect(givenUp).rejects.toThrow('given up');
    await runStatement(db, one);
    await db.transaction().execute((trx) => runStatement(trx, one));
    expect(await wordsIn(db)).toEqual(['one', 'two']);
  });
});

test('a migration that changes what a statement answers fails nobody, on none of the connections', async () => {
  await withOne(async (db) => {
    const all = { ...ask('all-words', 'SELECT * FROM words'), read: (rows: readonly unknown[]) => rows };
    const onEach = (ask: (db: Db) => Promise<unknown>) => Promise.all(Array.from({ length: 5 }, () => ask(db)));
    await runStatement(db, add('kept'));
    await onEach((each) => runStatement(each, all));
    await sql`ALTER TABLE words ADD COLUMN meaning text DEFAULT 'none'`.execute(db);
    const row = [{ word: 'kept', meaning: 'none' }];
    expect(await onEach((each) => runStatement(each, all))).toEqual(Array.from({ length: 5 }, () => row));
    await sql`ALTER TABLE words DROP COLUMN meaning`.execute(db);
    // As the first of a transaction, and in the middle of one.
    expect(await onEach((each) => each.transaction().execute((trx) => runStatement(trx, all)))).toHaveLength(5);
    await sql`ALTER TABLE words ADD COLUMN meaning integer`.execute(db);
    const inTheMiddle = (each: Db) =>
      retryOnDeadlock(() =>
        each.transaction().execute(async (trx) => {
          await sql`SELECT 1`.execute(trx);
          return runStatement(trx, all);
        }),
      );
    expect(await onEach(inTheMiddle)).toEqual(Array.from({ length: 5 }, () => [{ word: 'kept', meaning: null }]));
  }, 5);
});

test('one name for two texts is two statements', async () => {
  await withOne(async (db) => {
    expect(await runStatement(db, ask('same', 'SELECT 1 AS a'))).toEqual([{ a: 1 }]);
    expect(await runStatement(db, ask('same', 'SELECT 2 AS b'))).toEqual([{ b: 2 }]);
    expect(await runStatement(db, ask('same', 'SELECT 1 AS a'))).toEqual([{ a: 1 }]);
  });
});

test('a statement that the connection has lost, or knows already, is planned anew', async () => {
  await withOne(async (db) => {
    await runStatement(db, add('before'));
    await sql`DISCARD ALL`.execute(db);
    await runStatement(db, add('alone'));
  });
  await withOne(async (db) => {
    await db.transaction().execute((trx) => runTogether(trx, [one, add('before')]));
    await sql`DEALLOCATE ALL`.execute(db);
    await db.transaction().execute((trx) => runTogether(trx, [one, add('first of a transaction')]));
    expect(await wordsIn(db)).toEqual(['before', 'first of a transaction']);
  });
});

test('a connection that breaks while a batch runs fails that batch, and the next has another connection', async () => {
  await withOne(async (db) => {
    const killed = db
      .transaction()
      .execute((trx) => runTogether(trx, [add('lost'), ask('kill', 'SELECT pg_terminate_backend(pg_backend_pid())'), add('never')]));
    await expect(killed).rejects.toThrow();
    await expect(runStatement(db, ask('kill', 'SELECT pg_terminate_backend(pg_backend_pid())'))).rejects.toThrow();
    await runStatement(db, add('after'));
    expect(await wordsIn(db)).toEqual(['after']);
  });
});

test('behind a pooler, which makes up process numbers, nothing is prepared and no setting is left on a connection', async () => {
  await withEmptyDatabase(async ({ address }) => {
    const { port, close } = await standBetween(address);
    const { host: _host, ...rest } = address;
    const db = connectDatabase<never>({
      address: { ...rest, host: '127.0.0.1', port },
      maxConnections: 1,
      statementTimeoutMs: 1234,
    }) as unknown as Db;
    try {
      expect(await runStatement(db, one)).toEqual([{ one: 1 }]);
      expect((await sql`SELECT name FROM pg_prepared_statements`.execute(db)).rows).toEqual([]);
      expect((await sql`SHOW statement_timeout`.execute(db)).rows).toEqual([{ statement_timeout: '0' }]);
    } finally {
      await db.destroy();
      close();
    }
  });
});

test('without one between, statements are prepared and limited', async () => {
  await withOne(async (db) => {
    await runStatement(db, one);
    expect((await sql<{ name: string }>`SELECT name FROM pg_prepared_statements`.execute(db)).rows[0]?.name).toMatch(/^one-[0-9a-f]{16}$/);
    await expect(runStatement(db, ask('sleep', 'SELECT pg_sleep(5)'))).rejects.toThrow(/statement timeout/);
  });
});

/** A database with one table of words that are unique when the transaction ends. */
async function withOne(use: (db: Db) => Promise<void>, maxConnections = 1): Promise<void> {
  await withEmptyDatabase(async ({ address }) => {
    const db = connectDatabase({ address, maxConnections, statementTimeoutMs: 1000 }) as unknown as Db;
    try {
      await sql`CREATE TABLE words (word text UNIQUE DEFERRABLE INITIALLY DEFERRED)`.execute(db);
      await use(db);
    } finally {
      await db.destroy();
    }
  });
}

function ask(name: string, text: string, values: readonly unknown[] = []): Statement<unknown> {
  return { text: `/* ${name} */ ${text}`, values, read: (rows) => rows };
}

async function wordsIn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`SELECT word FROM words ORDER BY word`.execute(db);
  return rows.map(({ word }) => word);
}

/** Passes everything on, but tells each client a process number of its own, as a pooler does. */
async function standBetween({ host, port }: { host: string; port: number }): Promise<{ port: number; close: () => void }> {
  const server = createServer((client) => {
    const database = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    client.pipe(database);
    let isTold = false;
    database.on('data', (bytes: Buffer) => {
      // BackendKeyData: its letter, a length of 12, the process number, a secret.
      const at = isTold ? -1 : bytes.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
      if (at >= 0) {
        bytes.writeInt32BE(2_000_000_000, at + 5);
        isTold = true;
      }
      client.write(bytes);
    });
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}
