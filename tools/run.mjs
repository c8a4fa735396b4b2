// The way into every npm script: node tools/run.mjs <command> [arguments]. Runs on the Node of the host (20 or later) with its
// built-ins only, brings node_modules in line with package-lock.json, builds where the command needs it, and goes on under the
// Node that the lockfile names.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const LEAST_NODE = 24;

// `build`: compile first. `broker`: it speaks to the broker of `npm start` where KAFKA_BROKERS names no other. `entry`: what Node runs then, with these arguments before the caller's.
const commands = {
  start: { build: true, entry: ['--enable-source-maps', 'deploy/embedded/dist/start.js'] },
  test: { entry: ['tools/check.mjs', 'test'] },
  check: { entry: ['tools/check.mjs', 'check'] },
  build: { build: true },
  bench: { build: true, entry: ['--import', './tools/ts.mjs', 'tools/bench/run.ts'] },
  generate: { entry: ['--conditions=@laurel/source', '--import', './tools/ts.mjs', 'tools/generate.mjs'] },
  approve: {
    entry: [
      'node_modules/vitest/vitest.mjs',
      ...['run', '--project', 'integration', '--update=all', 'libs/rendering/src/designs/designs.it.spec.ts'],
    ],
  },
  redrive: { build: true, broker: true, entry: ['--enable-source-maps', 'libs/service-kit/dist/commands/redrive.js'] },
  // From its sources: what forgets the data must work when the build does not.
  reset: { entry: ['--conditions=@laurel/source', 'deploy/embedded/src/reset.ts'] },
  format: { entry: ['node_modules/prettier/bin/prettier.cjs', '--write', '.'] },
};

const [name = '', ...given] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  console.error(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}

let running;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => (running === undefined ? process.exit(1) : running.kill(signal)));
}

await locked(async () => {
  if (!installed()) await install();
  if (command.build) await build();
});
if (command.broker) nameBroker();
process.exitCode = command.entry === undefined ? 0 : await node([...command.entry, ...given]);

/** Whether node_modules holds what package-lock.json says: by the stamp of an earlier run, or by npm's own list (after `npm install`). */
function installed() {
  const modules = join(root, 'node_modules');
  const text = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(text).digest('hex');
  const stamp = join(modules, '.laurel-stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  // npm writes its list last, and `npm ci` begins by removing it: what is listed is complete.
  const list = join(modules, '.package-lock.json');
  if (!existsSync(list)) return false;
  const here = JSON.parse(readFileSync(list, 'utf8')).packages;
  const wanted = JSON.parse(text).packages;
  const missing = Object.entries(wanted).some(([path, entry]) => {
    if (!path.includes('node_modules/')) return false;
    if (here[path] === undefined) return !entry.optional && !entry.devOptional;
    return here[path].version !== entry.version;
  });
  if (missing || !existsSync(join(modules, '.bin', 'tsc'))) return false;
  writeFileSync(stamp, hash);
  return true;
}

function nameBroker() {
  const ports = join(root, '.laurel', 'data', 'ports.json');
  if (process.env.KAFKA_BROKERS || !existsSync(ports)) return;
  process.env.KAFKA_BROKERS = `127.0.0.1:${JSON.parse(readFileSync(ports, 'utf8')).kafka}`;
  console.error(`Laurel: with the broker of npm start, ${process.env.KAFKA_BROKERS}`);
}

async function install() {
  console.error('Laurel: installing the packages of package-lock.json (npm ci), one to two minutes');
  const started = Date.now();
  // NODE_ENV=production and omit=optional in somebody's configuration would leave out the tools, and Node itself.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  // What npm prints goes to stderr: stdout belongs to the command.
  const code = await run('npm', args, ['ignore', 2, 2]);
  if (code !== 0) {
    fail(
      `npm ci failed (code ${code}).`,
      'Its message stands above; mostly the registry cannot be reached (npm config get registry), or the disk is full. Then run the same command again.',
    );
  }
  if (!installed())
    fail(
      'npm ci ended well, yet node_modules does not match package-lock.json.',
      'Check that no other npm runs in this folder, then run the same command again.',
    );
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.error(`Laurel: packages installed in ${seconds} s`);
  // What the started program measures is its own time: this was mostly download.
  process.env.LAUREL_INSTALL_SECONDS = seconds;
}

async function build() {
  const code = await node(['node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json'], ['ignore', 2, 2]);
  if (code !== 0) fail('The build failed.', 'The compiler says above which file and line to mend.');
}

/** Runs Node on a script of the project and gives its exit code. */
async function node(args, stdio = 'inherit') {
  const own = join(root, 'node_modules', '.bin', 'node');
  const binary = existsSync(own) ? own : process.execPath;
  // Not every system has a binary package of Node: there the host's has to do.
  if (binary !== own && Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    fail(
      `npm brings no Node for ${process.platform} ${process.arch}, and the one here is ${process.version}.`,
      `Install Node ${LEAST_NODE} or later (https://nodejs.org) and run the same command again.`,
    );
  }
  // What was compiled once is not compiled again: a third of what a service's process costs to start.
  process.env.NODE_COMPILE_CACHE ||= join(root, '.laurel', 'cache', 'compiled');
  return run(binary, args, stdio);
}

/** Runs a program in the project's folder, passes signals on to it, and gives its exit code (128 + n where signal n ended it). */
function run(program, args, stdio) {
  return new Promise((done) => {
    running = spawn(program, args, { cwd: root, stdio });
    running.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      done(127);
    });
    running.once('exit', (code, signal) => {
      running = undefined;
      done(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0));
    });
  });
}

/** Two commands at once on a fresh clone would both install and compile into the same folders: one waits for the other. */
async function locked(work) {
  const file = join(root, '.laurel', 'bootstrap.lock');
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, `${process.pid} ${startTime(process.pid)}`, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const [pid, start] = read(file).split(' ');
    // Its holder was killed, and its pid may be a stranger's by now. An empty file is being written, unless it is old.
    if (pid === '' ? age(file) > 5_000 : startTime(pid) !== start) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) console.error(`Laurel: waiting for another command (pid ${pid}) that installs or builds`);
    await new Promise((next) => setTimeout(next, 200));
  }
  const unlock = () => rmSync(file, { force: true });
  process.once('exit', unlock);
  await work();
  unlock();
  process.off('exit', unlock);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function age(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** Tells a process from another that got the same pid later; "gone" where it has ended, "alive" where the system has no /proc. */
function startTime(pid) {
  const stat = read(`/proc/${pid}/stat`);
  if (stat !== '') return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  try {
    process.kill(Number(pid), 0);
    return existsSync('/proc/self/stat') ? 'gone' : 'alive';
  } catch {
    return 'gone';
  }
}

function fail(what, fix) {
  console.error(`Laurel: ${what}\n  → ${fix}`);
  process.exit(1);
}
