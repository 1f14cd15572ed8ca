import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Load } from './http-load.ts';

/** Reads a load from standard input, says that it is ready, waits for a word, sends the load over kept connections, and prints how often each status came back and how long each answer took. */
const told = createInterface(process.stdin)[Symbol.asyncIterator]();
const load = JSON.parse((await told.next()).value as string) as Load;
console.log('ready');
await told.next();
const connections = load.connections ?? 8;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const statuses: Record<string, number> = {};
const millis: number[] = [];
let next = 0;
if (load.inRaces === true) while (next < load.paths.length) await Promise.all(Array.from({ length: connections }, sendNext));
else await Promise.all(Array.from({ length: connections }, sendUntilDone));
console.log(JSON.stringify({ statuses, millis }));
agent.destroy();

async function sendUntilDone(): Promise<void> {
  while (next < load.paths.length) await sendNext();
}

async function sendNext(): Promise<void> {
  const i = next++;
  const startedAt = performance.now();
  const status = await send(load.paths[i] ?? '/', load.bodies?.[i]);
  millis[i] = performance.now() - startedAt;
  statuses[status] = (statuses[status] ?? 0) + 1;
}

async function send(path: string, body: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, load.base), { agent, method: load.method ?? 'GET', headers: load.headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
