// The whole gate: types, lint, format, build, tests. Ends with one line: N passed, N failed, N skipped.
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
const cached = (name) => ['--cache', '--cache-location', `.cache/${name}`];

await check('build', process.execPath, ['scripts/build.mjs']);
const types = async () => {
  await check('types', process.execPath, [node('typescript/bin/tsc'), '-p', 'tsconfig.json']);
  await check('types of pages', process.execPath, [node('typescript/bin/tsc'), '-p', 'web/tsconfig.json']);
};
const format = () =>
  check('format', process.execPath, [
    node('prettier/bin/prettier.cjs'),
    '--check',
    '--log-level',
    'warn',
    ...cached('prettier'),
    '.',
  ]);
const lint = () => check('lint', process.execPath, [node('eslint/bin/eslint.js'), '.', ...cached('eslint')]);
// The longest of them beside the others: most machines have two cores.
await Promise.all([lint(), types().then(format)]);

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
