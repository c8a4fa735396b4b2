// `npm start`: brings Laurel up with all it needs, keeps it running, and takes it down again.
//   --data <folder>   where everything is kept that a stop must not lose   (default .laurel/data)
//   --cache <folder>  where downloads are kept                             (default .laurel/cache)
//   --check           start everything, see that it is healthy, stop; exit code 0 only if all of that worked
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lockFolder } from './processes/lock-folder.ts';
import { counts } from './supervisor/counts.ts';
import { Progress } from './supervisor/progress.ts';
import { Stack } from './supervisor/stack.ts';

const SHOW_EVERY_MS = 1_000;
const SHOW_LINES_EVERY_MS = 5_000;

const home = fileURLToPath(new URL('../../../.laurel', import.meta.url));
const progress = new Progress(process.stdout);
const stopping = new AbortController();
let finished: Promise<never> | undefined;
let unlock: () => void = () => undefined;
let stack: Stack | undefined;

// Once, whatever calls first: a signal, a failed step or the end of a check.
function finish(code: number, why: string): Promise<never> {
  finished ??= (async () => {
    stopping.abort();
    const began = performance.now();
    progress.line(why);
    try {
      await stack?.stop();
      progress.line(
        `Laurel has stopped, in ${((performance.now() - began) / 1000).toFixed(1)} s. Its data stay for the next start.`,
      );
    } catch (error) {
      progress.line(`Stopping did not end well: ${(error as Error).message}\n  → The next start ends what is left.`);
      code = 1;
    }
    unlock();
    return process.exit(code);
  })();
  return finished;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void finish(0, `${signal}: stopping`));
}
// A terminal that was closed must not keep us from stopping well.
process.stdout.on('error', () => undefined);

try {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, cache: { type: 'string' }, check: { type: 'boolean', default: false } },
  });
  const data = resolve(values.data ?? join(home, 'data'));
  progress.line(`Laurel starts; its data are in ${data}`);
  unlock = lockFolder(data);
  stack = new Stack(data, resolve(values.cache ?? join(home, 'cache')), progress);
  await stack.start();
  if (!stopping.signal.aborted) {
    progress.line(`Laurel runs after ${progress.seconds} s. Ctrl-C stops it.`);
    for (const [name, value] of stack.addresses) progress.line(`  ${name.padEnd(16)}${value}`);
    progress.line(`  ${'Logs'.padEnd(16)}${join(data, 'logs')}`);
    if (values.check)
      await finish(
        0,
        `Everything is healthy${stack.token === undefined ? '' : `: ${await counts(stack.counting, stack.token)}`}; stopping`,
      );
    await show(stack);
  }
} catch (error) {
  // A step that fails because the stack is being stopped under it is no failure.
  if (!stopping.signal.aborted) await finish(1, `\n${error instanceof Error ? wording(error) : String(error)}\n`);
}

function wording(error: Error): string {
  return error.name === 'Failure' ? error.message : (error.stack ?? error.message);
}

async function show({ counting, token }: Stack): Promise<void> {
  if (token === undefined) {
    progress.line(
      'The counts are not shown: set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET to a client of OIDC_ISSUER with the role viewer.',
    );
  }
  let last = '';
  for (;;) {
    const line = token === undefined ? '' : await counts(counting, token);
    if (stopping.signal.aborted) return;
    if (progress.live) progress.pass(line);
    else if (line !== last) progress.line(line);
    last = line;
    // Waits for good where there is nothing to show: the signals end it.
    await pause(progress.live ? SHOW_EVERY_MS : SHOW_LINES_EVERY_MS, undefined, { signal: stopping.signal }).catch(
      () => undefined,
    );
    if (stopping.signal.aborted) return;
  }
}
