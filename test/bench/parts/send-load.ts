import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Load } from './http-load.ts';

/** Reads a load from standard input, sends it over kept connections, and prints how often each status came back. */
const load = JSON.parse(await text(process.stdin)) as Load;
const agent = new Agent({ keepAlive: true, maxSockets: load.connections ?? 8 });
const statuses: Record<string, number> = {};
let next = 0;
await Promise.all(Array.from({ length: load.connections ?? 8 }, sendUntilDone));
console.log(JSON.stringify(statuses));
agent.destroy();

async function sendUntilDone(): Promise<void> {
  while (next < load.paths.length) {
    const i = next++;
    const status = await send(load.paths[i] ?? '/', load.bodies?.[i]);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
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
