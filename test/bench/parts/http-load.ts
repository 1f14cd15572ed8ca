import { spawn } from 'node:child_process';

/** What a load generator in a process of its own asks for. */
export interface Load {
  readonly base: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
  readonly bodies?: readonly string[];
  readonly connections?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** This process's processor time a request, in microseconds: the load generator's own is not in it. */
  readonly cpuMicros: number;
}

/** Sends every path once from another process and measures what serving them cost this one. */
export async function measureLoad(load: Load): Promise<LoadResult> {
  const before = process.cpuUsage();
  const statuses = await sendFromAnotherProcess(load);
  const { user, system } = process.cpuUsage(before);
  return { requests: load.paths.length, statuses, cpuMicros: (user + system) / load.paths.length };
}

async function sendFromAnotherProcess(load: Load): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [new URL('./send-load.ts', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(load));
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(printed) as Record<string, number>;
}
