import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

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

/**
 * Sends every path once from another process and measures what serving them cost this one. Starting that process, which copies this one's page tables,
 * and telling it what to send come before.
 */
export async function measureLoad(load: Load): Promise<LoadResult> {
  const child = spawn(process.execPath, [new URL('./send-load.ts', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(load)}\n`);
  await lines.next();
  const before = process.cpuUsage();
  child.stdin.end('go\n');
  const { value } = await lines.next();
  const { user, system } = process.cpuUsage(before);
  return { requests: load.paths.length, ...(JSON.parse(String(value)) as Sent), cpuMicros: (user + system) / load.paths.length };
}
