import { type CertificateIssued, parseRecord } from '@laurel/contracts';
import { Path, pathDatabases, type PathService, seedPath, type Servers, waitFor } from '@laurel/testing';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchRow } from './bench-row.ts';
import { FamilyTime } from './family-time.ts';
import { ownProcessorTime } from './own-processor-time.ts';
import { percentile } from './percentile.ts';
import { processorTime } from './processor-time.ts';
import { profileShares } from './profile-shares.ts';

const completions = 2_000;
const singles = 200;
const oneByOne = 20;

/** From a plain record on course.completed to certificate.issued with a stored PDF, all six services on this machine. */
export async function measurePath(servers: Servers): Promise<BenchRow[]> {
  const path = await Path.prepare({
    brokers: [servers.kafka.brokers],
    databases: await pathDatabases(servers.postgres.url()),
    compiled: true,
  });
  const issued = new Map<string, number>();
  const listener = path.broker.consumer({
    group: 'bench.path',
    topics: ['certificate.issued'],
    concurrency: 12,
    onTick: () => undefined,
    onEnd: (error) => {
      throw error;
    },
    async onFetched({ records, resolve }) {
      const at = Date.now();
      for (const record of records) {
        const parsed = parseRecord(record);
        if (parsed.kind === 'event') issued.set((parsed.event as CertificateIssued).data.recipient.learnerId, at);
        resolve(record);
      }
    },
  });
  try {
    const apps = [
      'lms',
      'asset-store',
      'rule-evaluator',
      'certificate-generator',
      'certificate-registry',
      'webhook-dispatcher',
    ] as const;
    const services = new Map<string, PathService>();
    // The generator does several of the stages: a profile of it tells them apart.
    const profiles = mkdtempSync(join(tmpdir(), 'laurel-profile-'));
    const profiled = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profiles}` };
    for (const app of apps)
      services.set(app, await path.ready(app, '', app === 'certificate-generator' ? profiled : {}));
    await listener.start();
    const batchId = path.unique('bench');
    await seedPath(path, { batchId });
    const complete = async (ids: readonly string[]) => {
      const sent = Date.now();
      await path.send(
        ids.map((learnerId, index) => ({
          topic: 'course.completed',
          key: learnerId,
          headers: {},
          value: JSON.stringify({
            tenantId: 'demo',
            batchId,
            learnerId,
            completedAt: new Date().toISOString(),
            score: 60 + (index % 40),
            learner: { name: `Learner ${learnerId} of the bench` },
          }),
        })),
      );
      return sent;
    };
    const arrived = (ids: readonly string[], seconds: number) =>
      waitFor(
        `${ids.length} certificates`,
        () => ids.filter((id) => issued.has(id)).length,
        (count) => count === ids.length,
        { timeout: seconds * 1_000, interval: 20 },
      );
    const names = (label: string, count: number) => Array.from({ length: count }, (_, at) => `${label}-${at}`);

    // The first ones meet code, fonts and plans that nobody used yet.
    await complete(names('warm', 400));
    await arrived(names('warm', 400), 120);

    const one = names('one', oneByOne);
    const oneBegan = performance.now();
    for (const id of one) {
      await complete([id]);
      await arrived([id], 30);
    }
    const oneRate = oneByOne / ((performance.now() - oneBegan) / 1_000);

    const pids = new Map([...services].map(([app, { process }]) => [app, process.pid]));
    const generator = pids.get('certificate-generator') ?? 0;
    // The generator replaces its browser now and then, and a process that ended takes its times with it.
    const browser = new FamilyTime(generator);
    const times = () => ({
      ...Object.fromEntries([...pids].map(([app, pid]) => [app, ownProcessorTime(pid)])),
      browser: browser.milliseconds,
      postgres: processorTime(servers.postgres.pid),
      kafka: processorTime(servers.kafka.pid),
    });
    const before: Record<string, number> = times();
    const many = names('many', completions);
    const began = performance.now();
    const from = monotonic();
    await complete(many);
    await arrived(many, 300);
    const to = monotonic();
    const seconds = (performance.now() - began) / 1_000;
    const spent = Object.entries<number>(times()).map(
      ([part, at]) => [part, (at - (before[part] ?? 0)) / completions] as const,
    );

    browser.stop();

    const latencies: number[] = [];
    for (const id of names('single', singles)) {
      const sent = await complete([id]);
      await arrived([id], 30);
      latencies.push((issued.get(id) ?? Infinity) - sent);
      await pause(Math.max(0, 1_000 - (Date.now() - sent)));
    }
    const rate = completions / seconds;
    // Node writes its profile when it ends.
    await services.get('certificate-generator')?.process.stop();
    const [profile = 'no profile'] = readdirSync(profiles);
    const share = profileShares(join(profiles, profile), from, to);
    rmSync(profiles, { recursive: true });
    const of = Object.fromEntries(spent);
    const cost = (...parts: string[]) => parts.reduce((sum, part) => sum + (of[part] ?? 0), 0);
    const node = cost('certificate-generator');
    // The lines of the budget per certificate.
    const stages = {
      evaluator: cost('rule-evaluator'),
      'generator-rows': node * share.rows,
      proof: node * share.proof,
      print: node * share.print + cost('browser'),
      store: node * share.store,
      'lms-dispatcher': cost('lms', 'webhook-dispatcher'),
      others: cost('asset-store', 'certificate-registry'),
      broker: cost('kafka'),
      postgres: cost('postgres'),
    };
    return [
      {
        name: 'path-rate',
        value: rate,
        unit: 'certs/s',
        least: 150,
        ratio: rate / oneRate,
        comparedTo: 'one after the other',
      },
      { name: 'path-cpu', value: spent.reduce((sum, [, each]) => sum + each, 0), unit: 'ms/cert' },
      ...Object.entries(stages).map(([stage, value]) => ({ name: `path-cpu-${stage}`, value, unit: 'ms/cert' })),
      { name: 'path-latency-p50', value: percentile(latencies, 0.5), unit: 'ms', least: 200 },
      { name: 'path-latency-p95', value: percentile(latencies, 0.95), unit: 'ms' },
    ];
  } finally {
    await listener.stop();
    await path.stop();
  }
}

/** Microseconds of the clock that profiles are written in. */
const monotonic = () => Number(process.hrtime.bigint() / 1_000n);
