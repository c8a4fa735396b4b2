import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Servers, startServers } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { measureChain } from './measure-chain.ts';
import { measureCredentials } from './measure-credentials.ts';
import { measureGenerator } from './measure-generator.ts';
import { measureLatency } from './measure-latency.ts';
import { measurePath } from './measure-path.ts';
import { measureRendering } from './measure-rendering.ts';
import { measureService } from './measure-service.ts';
import { measureStage } from './measure-stage.ts';
import { measureStatus } from './measure-status.ts';
import { measureVerify } from './measure-verify.ts';

/** Each benchmark by its name: parts that run one after the other on servers of their own. */
const benchmarks = {
  messaging: [measureStage, measureChain, measureLatency, measureService],
  path: [measurePath],
  generator: [measureGenerator],
  rendering: [measureRendering],
  credentials: [measureCredentials, measureStatus],
  verify: [measureVerify],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const rows: BenchRow[] = [];
for (const name of names) {
  if (!(name in benchmarks)) {
    console.error(`There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.`);
    process.exit(2);
  }
  for (const measure of benchmarks[name as keyof typeof benchmarks]) {
    console.error(`${name}: ${measure.name} …`);
    // Commits reach the disk, as they do in production. Whoever asks for no servers would only be disturbed by them.
    const servers = measure.length === 0 ? undefined : await startServers({ durable: true });
    try {
      const measured = await measure(servers as Servers);
      for (const row of measured) console.log(line(row));
      rows.push(...measured);
    } finally {
      await servers?.stop();
    }
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);

function line({ name, value, unit, ratio, comparedTo, least }: BenchRow): string {
  const compared = ratio === undefined ? '' : `${ratio.toFixed(1)} times better than ${comparedTo}`;
  const promised = least === undefined ? '' : `promised: ${least}`;
  return `${name.padEnd(26)}${format(value).padStart(10)} ${unit.padEnd(10)} ${[compared, promised].filter(Boolean).join(', ')}`;
}

function format(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 3);
}
