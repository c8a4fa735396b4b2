// What `npm test` and `npm run check` do (tools/run.mjs calls this under the project's own Node):
//   node tools/check.mjs test|check [names of steps...]
// Every step runs, whatever fails before it. The last line is `N passed, N failed`, and the exit code is 0 only for
// `0 failed`: a step that crashed, was killed or ran nothing counts as failed.
import { writeSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './checks/run-step.mjs';
import { steps } from './checks/steps.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const total = { passed: 0, failed: 0 };
const failures = [];
const started = Date.now();
const interruption = new AbortController();
let ended = false;

// Printed while the process exits, so that nothing can come after it and no way out of here avoids it.
process.on('exit', () => {
  if (!ended) fail('check', 'ended before all steps were done');
  if (failures.length > 0) print(`\nfailed:\n${failures.map((each) => `  ${each}`).join('\n')}\n`);
  print(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    fail('check', error?.stack ?? String(error));
    process.exit(1);
  });
}
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(event, () => {
    if (!interruption.signal.aborted) print(`\n${event}: stopping\n`);
    interruption.abort();
  });
}

const environment = {
  ...process.env,
  PATH: [resolve('node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  // Its pseudo-terminal would take the tasks out of our process group.
  NX_NATIVE_COMMAND_RUNNER: 'false',
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
};

const chosen = choose(process.argv.slice(2));
await inPairs(chosen.filter((step) => !step.alone));
for (const step of chosen.filter((each) => each.alone)) await run(step);
ended = true;
print(`\n${chosen.length} steps in ${seconds(started)}\n`);

function choose([mode = 'test', ...names]) {
  const known = steps.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (!['test', 'check'].includes(mode) || unknown.length > 0) {
    fail('check', `no step is called ${unknown.join(', ') || mode}: there are ${known.join(', ')}`);
    ended = true;
    process.exit(1);
  }
  if (names.length > 0) return steps.filter(({ name }) => names.includes(name));
  return steps.filter(({ name }) => mode === 'test' || name !== 'integration');
}

async function inPairs(list) {
  const queue = [...list];
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) await run(step);
  };
  await Promise.all([worker(), worker()]);
}

async function run(step) {
  if (interruption.signal.aborted) return fail(step.name, 'was not begun: interrupted');
  const from = Date.now();
  if (step.live) print(`\n  ${step.name}:\n`);
  const result = await runStep(step, { environment, signal: interruption.signal, show: print });
  total.passed += result.passed;
  total.failed += result.failed;
  failures.push(...result.failures.map((each) => (each.startsWith(`${step.name}:`) ? each : `${step.name}: ${each}`)));

  const tests = step.suite ? `${result.passed} passed${result.failed ? `, ${result.failed} failed` : ''}` : '';
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  const notes = [tests + skipped, result.unchanged ? 'unchanged' : ''].filter(Boolean).join(', ');
  const mark = result.failed > 0 ? '✗' : '✓';
  print(`  ${mark} ${step.name.padEnd(12)} ${seconds(from).padStart(7)}  ${notes}\n`);
  if (result.failed > 0 && !step.live) print(`${result.output.trimEnd()}\n\n`);
}

function fail(name, why) {
  total.failed += 1;
  failures.push(`${name}: ${why}`);
}

function seconds(from) {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}

/** Written at once, also while exiting; a full pipe is waited for, not an error. */
function print(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code === 'EPIPE') return;
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
