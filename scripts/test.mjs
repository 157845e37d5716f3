// Build, types, tests. Ends with one line: N passed, N failed, N skipped. `npm run lint` looks at the rest.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs a command and says how it went; with `apart` its words come when it is done, not between those of another. */
function step(name, command, args, apart = false) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: apart ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(data));
    child.on('close', (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(Buffer.concat(said));
      console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      resolve(status === 0);
    });
  });
}

async function check(name, command, args) {
  counts[(await step(name, command, args, true)) ? 'passed' : 'failed'] += 1;
}

const node = (script) => `node_modules/${script}`;

const types = (name, project) => check(name, process.execPath, [node('typescript/bin/tsc'), '-p', project]);
// Beside each other: most machines have two cores, and each of these uses one.
await Promise.all([
  check('build', process.execPath, ['scripts/build.mjs']),
  types('types', 'tsconfig.json'),
  types('types of pages', 'web/tsconfig.json'),
]);

const folder = mkdtempSync(join(tmpdir(), 'doorstep-results-'));
const results = join(folder, 'jest.json');
await step('tests', process.execPath, [
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
