import type { App } from './app-type.ts';

/** Upper edges of the duration histogram, seconds. */
const EDGES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Series {
  count: number;
  seconds: number;
  readonly buckets: number[];
}

/** Counts requests by route, method and status for Prometheus. Labels are route patterns, never addresses, so no id or token gets in. */
export function countRequests(app: App): () => string {
  const series = new Map<string, Series>();
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const key = `method="${request.method}",route="${route}",status="${reply.statusCode}"`;
    const kept = series.get(key) ?? { count: 0, seconds: 0, buckets: EDGES.map(() => 0) };
    const seconds = reply.elapsedTime / 1000;
    kept.count += 1;
    kept.seconds += seconds;
    EDGES.forEach((edge, i) => {
      if (seconds <= edge) kept.buckets[i] = (kept.buckets[i] ?? 0) + 1;
    });
    series.set(key, kept);
  });
  return () => write(series);
}

/** The text format, version 0.0.4. */
function write(series: ReadonlyMap<string, Series>): string {
  const memory = process.memoryUsage();
  const lines = [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memory.rss}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${process.uptime()}`,
    '# TYPE http_request_duration_seconds histogram',
  ];
  for (const [labels, { count, seconds, buckets }] of series) {
    EDGES.forEach((edge, i) => lines.push(`http_request_duration_seconds_bucket{${labels},le="${edge}"} ${buckets[i]}`));
    lines.push(
      `http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
      `http_request_duration_seconds_sum{${labels}} ${seconds}`,
      `http_request_duration_seconds_count{${labels}} ${count}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
