import { spawn } from 'node:child_process';

/** What a load generator in a process of its own asks for. */
export interface Load {
  readonly base: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
  readonly bodies?: readonly string[];
  readonly connections?: number;
  /** One request on every connection at a time, and the next only when all are answered: a race each time. */
  readonly inRaces?: boolean;
}

export interface LoadResult {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** This process's processor time a request, in microseconds: the load generator's own is not in it. */
  readonly cpuMicros: number;
  /** How long each took, in the order of the paths. */
  readonly millis: readonly number[];
}

interface Sent {
  readonly statuses: Record<string, number>;
  readonly millis: number[];
}

/** Sends every path once from another process and measures what serving them cost this one. */
export async function measureLoad(load: Load): Promise<LoadResult> {
  const before = process.cpuUsage();
  const sent = await sendFromAnotherProcess(load);
  const { user, system } = process.cpuUsage(before);
  return { requests: load.paths.length, ...sent, cpuMicros: (user + system) / load.paths.length };
}

async function sendFromAnotherProcess(load: Load): Promise<Sent> {
  const child = spawn(process.execPath, [new URL('./send-load.ts', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(load));
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(printed) as Sent;
}
