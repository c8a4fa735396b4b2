import { readFileSync } from 'node:fs';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  /** Microseconds of the monotonic clock. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Which files of a generator belong to which stage of architecture section 9; the innermost that matches counts. */
const stages = [
  ['proof', /\/libs\/credentials\/|\/node-jose\//],
  ['print', /\/libs\/rendering\/|\/puppeteer/],
  ['store', /\/libs\/object-store\/|make-certificates/],
] as const;

/**
 * How the busy time of a CPU profile (`--cpu-prof`) divides: what stands under a stage's files is that stage's, all else is `rows`.
 *
 * @param from begin of the part of interest, in microseconds of the monotonic clock
 * @returns shares that add up to 1
 */
export function profileShares(
  file: string,
  from: number,
  to: number,
): Record<'proof' | 'print' | 'store' | 'rows', number> {
  const { nodes, samples, timeDeltas, startTime } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stageOf = new Map(nodes.map(({ id }) => [id, stage(id)]));
  const shares = { proof: 0, print: 0, store: 0, rows: 0 };
  let busy = 0;
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index] ?? 0;
    at += took;
    const name = byId.get(id)?.callFrame.functionName ?? '';
    if (at < from || at > to || name === '(idle)' || name === '(program)') continue;
    busy += took;
    shares[stageOf.get(id) ?? 'rows'] += took;
  }
  if (busy === 0) throw new Error(`${file} holds no sample of the time that was measured`);
  return {
    proof: shares.proof / busy,
    print: shares.print / busy,
    store: shares.store / busy,
    rows: shares.rows / busy,
  };

  function stage(id: number): keyof typeof shares {
    for (let node: number | undefined = id; node !== undefined; node = parents.get(node)) {
      const url = byId.get(node)?.callFrame.url ?? '';
      const found = stages.find(([, files]) => files.test(url));
      if (found) return found[0];
    }
    return 'rows';
  }
}
