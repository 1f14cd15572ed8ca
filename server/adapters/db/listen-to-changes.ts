import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { AnswerCache } from '../answer-cache.ts';
import type { DatabaseAddress } from './connect.ts';

const CHANNEL = 'parley_changes';
const PING = 'ping ';
/** How often the connection is tried, and how long an answer may take before the cache is switched off. */
const PING_MS = 10_000;
const PONG_MS = 3000;
const RECONNECT_MS = 1000;

/**
 * Feeds the cache with the changes every process commits. NOTIFY rather than a version column, because a column would cost each cached
 * answer the very query that the cache saves. It needs a connection of its own that stays; behind a pooler that hands sessions around nothing
 * comes back, so the cache is on only while a message sent to ourselves arrives. Answers a function that ends it.
 */
export function listenToChanges(address: DatabaseAddress, cache: AnswerCache): () => Promise<void> {
  let ended = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;

  const open = async () => {
    const mine = new pg.Client({ ...address, application_name: 'parley changes', keepAlive: true });
    client = mine;
    const lose = () => {
      if (client !== mine) return;
      client = null;
      cache.stop();
      clearInterval(pings);
      mine.end().catch(() => {});
      if (!ended) retry = setTimeout(() => void open(), RECONNECT_MS).unref();
    };
    const pings = setInterval(() => void ping(mine, cache).then((heard) => !heard && lose()), PING_MS).unref();
    mine.on('error', lose);
    mine.on('end', lose);
    mine.on('notification', ({ payload = '' }) => readChange(payload, cache));
    try {
      await mine.connect();
      await mine.query(`LISTEN ${CHANNEL}`);
      if (await ping(mine, cache)) cache.start();
      else lose();
    } catch {
      lose();
    }
  };
  void open();
  return async () => {
    ended = true;
    clearTimeout(retry);
    const last = client;
    client = null;
    cache.stop();
    await last?.end().catch(() => {});
  };
}

function readChange(payload: string, cache: AnswerCache): void {
  if (payload.startsWith(PING)) return;
  const [tenantId = '', hostId] = payload.split(' ');
  cache.drop(tenantId, hostId);
}

/** Whether a message to ourselves comes back in time. */
async function ping(client: pg.Client, cache: AnswerCache): Promise<boolean> {
  const message = `${PING}${randomUUID()}`;
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), PONG_MS);
    const hear = ({ payload }: pg.Notification) => payload === message && settle(true);
    const settle = (heard: boolean) => {
      clearTimeout(timer);
      client.off('notification', hear);
      if (!heard) cache.stop();
      resolve(heard);
    };
    client.on('notification', hear);
    client.query('SELECT pg_notify($1, $2)', [CHANNEL, message]).catch(() => settle(false));
  });
}
