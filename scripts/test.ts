import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWidget, ROOT } from './build-widget.ts';

interface Run {
  readonly zone: string;
  readonly files: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

/** What must not depend on the machine's own zone is run again under zones far from UTC, unless the caller has set one. */
const ZONE_SENSITIVE = ['test/domain', 'test/shared'];
const wanted = process.argv.slice(2);
const ownZone = process.env['TZ'];
const runs: Run[] = [
  { zone: ownZone ?? 'UTC', files: wanted },
  ...(ownZone === undefined && wanted.length === 0
    ? ['America/New_York', 'Australia/Lord_Howe'].map((zone) => ({ zone, files: ZONE_SENSITIVE }))
    : []),
];

buildWidget();
const folder = mkdtempSync(join(tmpdir(), 'parley-report-'));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [i, run] of runs.entries()) {
  const report = runVitest(run, join(folder, `${i}.json`));
  total.passed += report.numPassedTests;
  total.skipped += report.numPendingTests;
  // A file that fails before its first test counts as one failure: nothing may fail unseen.
  total.failed += Math.max(report.numFailedTests, report.success ? 0 : 1);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function runVitest({ zone, files }: Run, reportFile: string): Report {
  console.log(`\nTZ=${zone} ${files.length === 0 ? 'all tests' : files.join(' ')}`);
  const args = [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...files,
  ];
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TZ: zone, NO_COLOR: '1' },
  });
  try {
    const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
    return { ...report, success: report.success && status === 0 };
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numFailedTestSuites: 1, success: false };
  }
}
