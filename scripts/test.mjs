// The whole gate: types, lint, format, build, tests. Ends with one line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const counts = { passed: 0, failed: 0, skipped: 0 };

function step(name, command, args) {
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  return status === 0;
}

function check(name, command, args) {
  counts[step(name, command, args) ? 'passed' : 'failed'] += 1;
}

check('build', process.execPath, ['scripts/build.mjs']);
check('types', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
check('types of pages', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'web/tsconfig.json']);
check('lint', process.execPath, [
  'node_modules/eslint/bin/eslint.js',
  '.',
  '--cache',
  '--cache-location',
  '.cache/eslint',
]);
check('format', process.execPath, [
  'node_modules/prettier/bin/prettier.cjs',
  '--check',
  '--log-level',
  'warn',
  '--cache',
  '--cache-location',
  '.cache/prettier',
  '.',
]);

const folder = mkdtempSync(join(tmpdir(), 'doorstep-results-'));
const results = join(folder, 'jest.json');
step('tests', process.execPath, [
  'node_modules/jest/bin/jest.js',
  '--ci',
  '--json',
  `--outputFile=${results}`,
  ...process.argv.slice(2),
]);
try {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  counts.skipped += report.numPendingTests + report.numTodoTests;
} catch {
  counts.failed += 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);
