import type { BenchRow } from './bench-row.ts';
import { percentile } from './percentile.ts';
import { renderingCosts } from './rendering-costs.ts';
import { RenderingScene } from './rendering-scene.ts';
import { residentMemory } from './resident-memory.ts';

/** How often each way is measured; the median counts. */
const rounds = 5;
/** Certificates of a round, with a page each and by our way. */
const [pageEach, ours] = [12, 400];
/** Certificates of each template for the rest. */
const many = 1_000;
/** After so many certificates the browser is replaced: their share of that is counted. */
const perBrowser = 10_000;
const lookMs = 200;

const median = (values: readonly number[]) => percentile(values, 0.5);

/** From a template and records to stored PDFs, without broker and database: against a page each, how many in a second, and what takes the time. */
export async function measureRendering(): Promise<BenchRow[]> {
  const scene = await RenderingScene.open(false);
  const costs = await measureCosts(scene).finally(() => scene.close());
  const usual = await RenderingScene.open(true);
  return [...costs, ...(await measureRate(usual).finally(() => usual.close()))];
}

async function measureCosts(scene: RenderingScene): Promise<BenchRow[]> {
  const replacement = (await scene.replacement()) / perBrowser;
  const ratios: BenchRow[] = [];
  const costs: BenchRow[] = [];
  for (const template of scene.templates) {
    const { name, plan } = template;
    if (plan.mode === 'whole') console.error(`${name} prints whole pages: ${plan.whyWhole.join('; ')}`);
    await scene.pageEach(template, 2);
    await scene.ours(template, 200);
    const each = { naive: [] as number[], own: [] as number[], ratio: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const naive = (await scene.cost(() => scene.pageEach(template, pageEach))) / pageEach;
      const own = (await scene.cost(() => scene.ours(template, ours))) / ours + replacement;
      each.naive.push(naive);
      each.own.push(own);
      each.ratio.push(naive / own);
    }
    ratios.push({ name: `page-each-ratio-${name}`, value: median(each.ratio), unit: 'times', least: 50 });
    costs.push(
      { name: `page-each-cpu-${name}`, value: median(each.naive), unit: 'ms/cert' },
      { name: `pdf-cpu-${name}`, value: median(each.own), unit: 'ms/cert' },
    );
  }

  let node = { qr: 0, merge: 0, store: 0, print: 0, rest: 0 };
  const total = await scene.cost(async () => {
    node = await renderingCosts(() => all(scene));
  });
  const certificates = many * scene.templates.length;
  const { store, print, ...parts } = node;
  const browser = total - Object.values(node).reduce((sum, part) => sum + part, 0);
  const stages = { browser, 'print-node': print, ...parts, store };
  const row = (name: string, milliseconds: number, least?: number): BenchRow => ({
    ...{ name, value: milliseconds / certificates, unit: 'ms/cert' },
    ...(least !== undefined && { least }),
  });
  return [
    { name: 'page-each-ratio', value: Math.min(...ratios.map(({ value }) => value)), unit: 'times', least: 50 },
    ...ratios,
    ...costs,
    // The budget of architecture section 9, and what it is made of.
    row('pdf-cpu-print-merge-qr', total - store, 2.4),
    row('pdf-cpu-hash-store', store, 0.3),
    ...Object.entries(stages).map(([stage, milliseconds]) => row(`pdf-cpu-part-${stage}`, milliseconds)),
  ];
}

async function measureRate(scene: RenderingScene): Promise<BenchRow[]> {
  const certificates = many * scene.templates.length;
  await all(scene);
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await all(scene);
    rates.push((certificates / (performance.now() - began)) * 1_000);
  }
  return [
    { name: 'pdf-rate', value: median(rates), unit: 'PDFs/s', least: 500 },
    { name: 'pdf-memory', value: await peakMemory(() => all(scene)), unit: 'MB', least: 800 },
  ];
}

/** Of each template the same number. */
async function all(scene: RenderingScene): Promise<void> {
  for (const template of scene.templates) await scene.ours(template, many);
}

/** The most megabytes that this process and its browsers hold while `work` runs. */
async function peakMemory(work: () => Promise<void>): Promise<number> {
  let most = residentMemory(process.pid);
  const timer = setInterval(() => (most = Math.max(most, residentMemory(process.pid))), lookMs);
  await work();
  clearInterval(timer);
  return most;
}
