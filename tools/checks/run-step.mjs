import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const nx = 'node_modules/nx/dist/bin/nx.js';
const graceful = 15_000;

/**
 * Runs one step and says how it ended; never throws for a step that failed.
 * @param {{name: string, target: string, suite?: string, live?: boolean, limit: number}} step
 * @param {{environment: Record<string, string | undefined>, signal: AbortSignal, show: (text: Buffer) => void}} context
 * @returns {Promise<{passed: number, failed: number, skipped: number, unchanged: boolean, output: string, failures: string[]}>}
 */
export async function runStep(step, context) {
  const report = step.suite && `reports/${step.suite}.json`;
  // Nx brings it back if nothing changed; what an earlier run left must not speak for this one.
  if (report) rmSync(report, { force: true });

  const { ending, stopped, output } = await execute(step, context);
  const unchanged = /read the output from the cache/.test(output);
  const counts = report ? readReport(report) : { passed: 0, failed: 0, skipped: 0, failures: [] };
  if (ending !== null && counts.failed === 0) counts.failed = 1;
  // A suite that names its failures says more than the exit code that follows from them.
  if (ending !== null && (stopped || counts.failures.length === 0)) counts.failures.unshift(`${step.name}: ${ending}`);
  if (!report && counts.failed === 0) counts.passed = 1;
  return { ...counts, unchanged, output };
}

function execute(step, { environment, signal, show }) {
  const { cache, options } = JSON.parse(readFileSync('package.json', 'utf8')).nx.targets[step.target];
  // What is not cached needs nothing from Nx, and has one process less between a Ctrl-C and what it started.
  const [command, ...args] = cache
    ? [process.execPath, nx, 'run', `laurel:${step.target}`]
    : options.command.split(' ').map((word) => (word === 'node' ? process.execPath : word));

  return new Promise((resolve) => {
    const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const chunks = [];
    const keep = (chunk) => {
      chunks.push(chunk);
      if (step.live) show(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);

    let reason = null;
    let insist;
    const stop = (why) => {
      reason ??= why;
      killGroup(child, 'SIGTERM');
      insist ??= setTimeout(() => killGroup(child, 'SIGKILL'), graceful);
    };
    const interrupt = () => stop('was interrupted');
    const timer = setTimeout(() => stop(`took more than ${step.limit} s and was stopped`), step.limit * 1000);
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();

    const end = (ending) => {
      clearTimeout(timer);
      clearTimeout(insist);
      signal.removeEventListener('abort', interrupt);
      resolve({ ending: reason ?? ending, stopped: reason !== null, output: Buffer.concat(chunks).toString() });
    };
    child.on('error', (error) => end(`could not be started: ${error.message}`));
    child.on('exit', () => {
      // A grandchild that kept the pipe must not keep the whole check waiting for its end.
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), 2000).unref();
    });
    child.on('close', (code, killedBy) =>
      end(killedBy ? `was ended by ${killedBy}` : code === 0 ? null : `failed (exit code ${code})`),
    );
  });
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function readReport(path) {
  const failed = (message) => ({ passed: 0, failed: 1, skipped: 0, failures: [`${path}: ${message}`] });
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return failed(`no report of the run (${error.message}); its output says why`);
  }
  const { finished, passed, skipped } = report;
  const failures = report.failures.map(({ file, name, message }) => `${file} > ${name}: ${message.split('\n')[0]}`);
  if (!finished && failures.length === 0) return failed('the run did not come to its end');
  return { passed, failed: report.failed, skipped, failures };
}
