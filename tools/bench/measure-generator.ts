import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PathService, Servers } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { FamilyTime } from './family-time.ts';
import { GeneratorLoad } from './generator-load.ts';
import { GeneratorScene } from './generator-scene.ts';
import { ownProcessorTime } from './own-processor-time.ts';
import { percentile } from './percentile.ts';
import { processorTime } from './processor-time.ts';
import { profileShares } from './profile-shares.ts';
import { residentMemory } from './resident-memory.ts';

const app = 'certificate-generator';
const [interactive, bulk] = ['certificate.requested', 'certificate.requested.bulk'] as const;
/** How often somebody asks for a single certificate, in milliseconds. */
const everySingle = 400;

/** CPU milliseconds per certificate that architecture section 9 allows. */
const budget = { rows: 0.5, proof: 0.6, print: 2.4, store: 0.3, broker: 0.4, postgres: 1.2 };

/** How much of everything is measured. */
export interface GeneratorAmounts {
  readonly alike: number;
  readonly mixed: number;
  readonly bulk: number;
  readonly singles: number;
}

const amounts: GeneratorAmounts = { alike: 4_000, mixed: 4_000, bulk: 20_000, singles: 50 };

/** One generator process, with broker and database on this machine: from a request to the event about the stored certificate. */
export async function measureGenerator(
  servers: Servers,
  { alike, mixed, bulk: many, singles }: GeneratorAmounts = amounts,
  compiled = true,
): Promise<BenchRow[]> {
  const scene = await GeneratorScene.open(servers, compiled);
  const profiles = mkdtempSync(join(tmpdir(), 'laurel-profile-'));
  try {
    const [one, forty] = [new GeneratorLoad('one', 1, 1), new GeneratorLoad('forty', 8, 40)];
    await scene.furnish(one);
    await scene.furnish(forty);
    const profiled = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profiles}` };
    const generator = await scene.path.ready(app, '', profiled);
    const rate = async (load: GeneratorLoad, count: number) => {
      const requests = load.requests(count, interactive);
      const began = performance.now();
      await scene.send(requests);
      await scene.arrived(requests, 600);
      return count / ((performance.now() - began) / 1_000);
    };
    // The first ones meet code, fonts and plans that nobody used yet.
    await rate(one, 400);
    const alone: number[] = [];
    for (let at = 0; at < singles; at++) alone.push(await scene.single(one.requests(1, interactive)));
    const naive = 1_000 / (alone.reduce((sum, each) => sum + each, 0) / alone.length);

    const watch = new Watch(generator, servers);
    const alikeRate = await rate(one, alike);
    const costs = watch.end(alike);

    await rate(forty, 400);
    const mixedRate = await rate(forty, mixed);

    const memory = [residentMemory(generator.process.pid)];
    const crowd = one.requests(many, bulk);
    await scene.send(crowd);
    const delays: number[] = [];
    const isOver = () => crowd.every(({ learnerId }) => scene.issued.has(learnerId));
    while (!isOver()) {
      const began = performance.now();
      delays.push(await scene.single(one.requests(1, interactive)));
      memory.push(residentMemory(generator.process.pid));
      await pause(Math.max(0, everySingle - (performance.now() - began)));
    }
    // What was asked for last may have met no bulk any more.
    const extra = delays.slice(0, -2).map((delay) => (delay - percentile(alone, 0.5)) / 1_000);
    const late = memory.slice(Math.floor(memory.length * 0.8));

    // Node writes its profile when it ends.
    await generator.process.stop();
    const [profile = 'no profile'] = readdirSync(profiles);
    const share = profileShares(join(profiles, profile), costs.from, costs.to);
    const stages = {
      rows: costs.node * share.rows,
      proof: costs.node * share.proof,
      print: costs.node * share.print + costs.browser,
      store: costs.node * share.store,
      broker: costs.kafka,
      postgres: costs.postgres,
    };
    const comparedTo = 'one after the other';
    return [
      { name: 'generator-rate', value: alikeRate, unit: 'certs/s', least: 200, ratio: alikeRate / naive, comparedTo },
      { name: 'generator-mixed', value: mixedRate, unit: 'certs/s', least: 100, ratio: mixedRate / naive, comparedTo },
      { name: 'interactive-under-bulk', value: percentile(extra, 0.95), unit: 's', least: 0.8 },
      { name: 'interactive-alone-p50', value: percentile(alone, 0.5), unit: 'ms' },
      // With what the profiler keeps.
      { name: 'generator-memory', value: Math.max(...memory), unit: 'MB' },
      { name: 'generator-memory-growth', value: percentile(late, 0.5) - percentile(memory.slice(1), 0.25), unit: 'MB' },
      ...Object.entries(stages).map(([stage, value]) => ({
        ...{ name: `generator-cpu-${stage}`, value, unit: 'ms/cert' },
        least: budget[stage as keyof typeof budget],
      })),
    ];
  } finally {
    await scene.stop();
    rmSync(profiles, { recursive: true, force: true });
  }
}

/** What everything that takes part uses of the processor, from its making to its end. */
class Watch {
  private readonly browser: FamilyTime;
  private readonly from = monotonic();
  private readonly before: Record<'node' | 'browser' | 'postgres' | 'kafka', number>;

  constructor(
    private readonly generator: PathService,
    private readonly servers: Servers,
  ) {
    this.browser = new FamilyTime(generator.process.pid);
    this.before = this.times();
  }

  /** Milliseconds per certificate, and when it was in microseconds of the clock that profiles are written in. */
  end(certificates: number): Record<'node' | 'browser' | 'postgres' | 'kafka' | 'from' | 'to', number> {
    const now = this.times();
    this.browser.stop();
    const each = (part: keyof typeof now) => (now[part] - this.before[part]) / certificates;
    return {
      ...{ node: each('node'), browser: each('browser'), postgres: each('postgres'), kafka: each('kafka') },
      ...{ from: this.from, to: monotonic() },
    };
  }

  private times() {
    return {
      node: ownProcessorTime(this.generator.process.pid),
      browser: this.browser.milliseconds,
      postgres: processorTime(this.servers.postgres.pid),
      kafka: processorTime(this.servers.kafka.pid),
    };
  }
}

const monotonic = () => Number(process.hrtime.bigint() / 1_000n);
