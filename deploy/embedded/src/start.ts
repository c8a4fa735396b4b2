// `npm start`: brings Laurel up with all it needs, keeps it running, and takes it down again.
//   --data <folder>   where everything is kept that a stop must not lose   (default .laurel/data)
//   --cache <folder>  where downloads are kept                             (default .laurel/cache)
//   --check           start everything, see that it is healthy, stop; exit code 0 only if all of that worked
//   --once            the demo once, every certificate verified, then stop; exit code 0 only if all was as it must be
//   --no-demo         start without the demo
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Demo } from './demo/demo.ts';
import { PeakMemory } from './demo/peak-memory.ts';
import { environment } from './environment.ts';
import { lockFolder } from './processes/lock-folder.ts';
import { Progress } from './supervisor/progress.ts';
import { Stack } from './supervisor/stack.ts';

const home = fileURLToPath(new URL('../../../.laurel', import.meta.url));
const progress = new Progress(process.stdout);
const memory = new PeakMemory();
const stopping = new AbortController();
let finished: Promise<never> | undefined;
let unlock: () => void = () => undefined;
let stack: Stack | undefined;
let demo: Demo | undefined;

// Once, whatever calls first: a signal, a failed step or the end of a check.
function finish(code: number, why: string, lastLine?: string): Promise<never> {
  finished ??= (async () => {
    stopping.abort();
    const began = performance.now();
    progress.line(why);
    try {
      await demo?.stop();
      await stack?.stop();
      progress.line(
        `Laurel has stopped, in ${((performance.now() - began) / 1000).toFixed(1)} s. Its data stay for the next start.`,
      );
    } catch (error) {
      progress.line(`Stopping did not end well: ${(error as Error).message}\n  → The next start ends what is left.`);
      code = 1;
    }
    unlock();
    if (lastLine !== undefined) progress.line(lastLine);
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
    options: {
      data: { type: 'string' },
      cache: { type: 'string' },
      check: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
    },
  });
  const data = resolve(values.data ?? join(home, 'data'));
  progress.line(`Laurel starts; its data are in ${data}`);
  unlock = lockFolder(data);
  stack = new Stack(data, resolve(values.cache ?? join(home, 'cache')), progress);
  await stack.start();
  if (!stopping.signal.aborted) {
    progress.line(`Laurel runs after ${progress.seconds} s. Ctrl-C stops it.`);
    for (const [name, value] of stack.addresses) progress.line(`  ${name.padEnd(23)}${value}`);
    progress.line(`  ${'Logs'.padEnd(23)}${join(data, 'logs')}`);
    if (values.check) await finish(0, 'Everything is healthy; stopping');
    if (!values['no-demo']) demo = await Demo.start(stack, progress, data);
    if (values.once) await onceOnly();
    else if (demo === undefined) progress.line(values['no-demo'] ? '' : 'No demo: OIDC_ISSUER knows its own clients.');
    else await demo.show(stopping.signal);
    progress.line('Laurel goes on running. Ctrl-C stops it.');
    // The signals end it.
    await once(stopping.signal, 'abort');
  }
} catch (error) {
  // A step that fails because the stack is being stopped under it is no failure.
  if (!stopping.signal.aborted) await finish(1, `\n${error instanceof Error ? wording(error) : String(error)}\n`);
}

function wording(error: Error): string {
  return error.name === 'Failure' ? error.message : (error.stack ?? error.message);
}

async function onceOnly(): Promise<void> {
  if (demo === undefined) {
    await finish(1, 'There is no demo to run: --once needs the embedded OIDC server, so OIDC_ISSUER must not be set.');
    return;
  }
  const { line, right } = await demo.once(stopping.signal);
  const installed = environment().settings.LAUREL_INSTALL_SECONDS;
  progress.line(
    `Peak memory of all processes ${(memory.bytes / 1e9).toFixed(2)} GB; installing the packages before took ${installed ?? 0} s.`,
  );
  await finish(
    right ? 0 : 1,
    right ? 'Everything is as it must be; stopping' : 'Not everything is as it must be; stopping',
    line,
  );
}
