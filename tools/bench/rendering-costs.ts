import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** Linux counts in ticks of 10 ms. */
const millisecondsPerTick = 10;

/** Which files stand for which part of the work; the innermost that matches counts. */
const parts = [
  ['qr', /\/rendering\/(?:src|dist)\/qr\/|\/qrcode\//],
  ['merge', /\/rendering\/(?:src|dist)\/pdf\//],
  ['store', /\/object-store\/|rendering-scene|node:(?:internal\/)?(?:fs|crypto)/],
  ['print', /\/rendering\/|\/puppeteer|node:(?:net|internal\/(?:stream|child))/],
] as const;

type Part = (typeof parts)[number][0] | 'rest';

/**
 * What each part of `work` takes of this process's CPU, in milliseconds: the main thread's by a profile of it; the threads that write files are `store`, those
 * that collect garbage and compile are `rest`.
 */
export async function renderingCosts(work: () => Promise<void>): Promise<Record<Part, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  const [all, main, files] = [process.cpuUsage(), process.threadCpuUsage(), fileThreads()];
  await work();
  const [onAll, onMain, onFiles] = [
    total(process.cpuUsage(all)),
    total(process.threadCpuUsage(main)),
    fileThreads() - files,
  ];
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();

  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const partOf = (id: number): Part => {
    for (let node: number | undefined = id; node !== undefined; node = parents.get(node)) {
      const url = byId.get(node)?.callFrame.url ?? '';
      const found = parts.find(([, files]) => files.test(url));
      if (found) return found[0];
    }
    return 'rest';
  };
  const known = new Map(profile.nodes.map(({ id }) => [id, partOf(id)]));
  const spent: Record<Part, number> = { qr: 0, merge: 0, store: 0, print: 0, rest: 0 };
  let busy = 0;
  for (const [at, id] of (profile.samples ?? []).entries()) {
    if (byId.get(id)?.callFrame.functionName === '(idle)') continue;
    const took = profile.timeDeltas?.[at] ?? 0;
    busy += took;
    spent[known.get(id) ?? 'rest'] += took;
  }
  if (busy === 0) throw new Error('The profile of the rendering holds no sample.');
  const share = (part: Part) => (spent[part] / busy) * onMain;
  return {
    qr: share('qr'),
    merge: share('merge'),
    store: share('store') + onFiles,
    print: share('print'),
    rest: share('rest') + onAll - onMain - onFiles,
  };
}

const total = ({ user, system }: { user: number; system: number }) => (user + system) / 1_000;

/** CPU milliseconds of the threads of Node that read and write files, so far. */
function fileThreads(): number {
  return readdirSync('/proc/self/task')
    .map((thread) => readFileSync(`/proc/self/task/${thread}/stat`, 'utf8'))
    .filter((stat) => stat.includes('(libuv-worker)'))
    .reduce((sum, stat) => {
      // proc_pid_stat(5): behind the name stand the state, field 3, and so on; 14 and 15 are the times.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
    }, 0);
}
