// Runs one suite and judges it by what it wrote, not by its exit code alone; Nx caches only what ends with 0 here.
//   node tools/checks/suite.mjs unit|contract|integration|tools
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { testFiles } from './test-files.mjs';
import { tree } from './tree.mjs';

// The tests of the tools take longest and depend on no product code: a suite of their own stays cached when that changes.
const suites = {
  unit: ['unit', 'apps/', 'libs/', 'deploy/'],
  tools: ['unit', 'tools/'],
  contract: ['contract'],
  integration: ['integration'],
};
const suite = process.argv[2];
if (!suites[suite]) throw new Error(`No suite is called '${suite}': there are ${Object.keys(suites).join(', ')}.`);
const path = `reports/${suite}.json`;
const expected = testFiles(suite, tree('.'));
const empty = { finished: false, passed: 0, failed: 0, skipped: 0, files: [], failures: [] };
rmSync(path, { force: true });

const ending = expected.length > 0 ? await run() : null;
const report = ending ? read() : { ...empty, finished: true };
const fail = (file, message) => {
  report.failed += 1;
  report.failures.push({ file, name: '(suite)', message });
  console.error(`${file || suite}: ${message}`);
};

if (!report.finished) fail('', `Vitest ended (${ending}) before its run was over; what it printed last is above.`);
else {
  for (const file of expected.filter((each) => !report.files.includes(each))) {
    fail(file, 'was not run: vitest.config.ts does not look into its folder, or the run stopped before it.');
  }
  if (expected.length > 0 && report.passed + report.failed === 0) fail('', 'No test ran, though there are test files.');
  if (ending && ending !== 'exit code 0' && report.failed === 0)
    fail('', `Vitest ended with ${ending}, but named no failure.`);
}
mkdirSync('reports', { recursive: true });
writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.failed > 0 ? 1 : 0;

function run() {
  const reporters = ['--reporter=default', '--reporter=./tools/checks/suite-reporter.mjs'];
  const [project, ...folders] = suites[suite];
  const args = ['run', '--project', project, ...reporters, `--outputFile=${path}`, ...folders];
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

function read() {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // No report at all is the same news as one that was never finished.
    return empty;
  }
}
