import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInTemplates } from '@laurel/rendering';
import { startTokens, type Tokens, waitFor, watchMachine } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { GeneratorStage } from '../failure-table/generator-stage.spec.ts';
import { sampleRecords } from './sample-records.ts';

type Generator = Awaited<ReturnType<GeneratorStage['start']>>;
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

let stage: GeneratorStage;
let tokens: Tokens;
let folder: string;
let browserFile: string;
/** Its lanes are switched off: it answers calls and makes no certificates. */
let generator: Generator;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'laurel-on-call-'));
  [stage, tokens] = await Promise.all([GeneratorStage.open(inject('stack')), startTokens()]);
  // Started as root, the browser is another user, who has to find its file.
  chmodSync(folder, 0o755);
  browserFile = join(folder, 'browser');
  symlinkSync(stage.browserPath, browserFile);
  generator = await stage.start('', { LANES: 'none', BROWSER_PATH: browserFile, ...tokens.settings });
  await generator.isReady();
}, 180_000);
afterAll(async () => {
  await stage.close();
  await tokens.stop();
  rmSync(folder, { recursive: true, force: true });
});

const [classic] = builtInTemplates;
const svg = { mediaType: 'image/svg+xml', source: classic?.source ?? '' };
const hostile = {
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595">
<script>fetch('https://evil.example')</script>
<image href="https://evil.example/pixel.png"/>
</svg>`,
};
const values = { 'recipient.name': 'Ada Lovelace', 'achievement.name': 'Data' };

async function ask(path: string, body: unknown, authorization?: string): Promise<Answer> {
  const answer = await fetch(generator.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    text: Buffer.from(await answer.arrayBuffer()).toString('latin1'),
  };
}
const service = async (path: string, body: unknown) => ask(path, body, (await tokens.ofService()).authorization);
/** As its callers do, who come again: a template that is compiled for the first time takes long on a busy machine. */
const patiently = (path: string, body: unknown) =>
  waitFor(
    path,
    () => service(path, body),
    ({ status }) => status !== 503,
    { timeout: 60_000, interval: 200 },
  );
const problem = ({ status, text }: Answer) => [
  status,
  (JSON.parse(text) as { type: string }).type.replace('urn:laurel:problem:', ''),
];

/** The process that leads the browser; another one that grew in the tests before may still be ending. */
async function browserPid(): Promise<number> {
  const [pid] = await waitFor('one browser alone', browserPids, (pids) => pids.length === 1);
  return pid ?? 0;
}

function browserPids(): number[] {
  const found = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, parent, group] = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(parent) === generator.process.pid && group === name && state !== 'Z';
    } catch (error) {
      // It ended while we looked.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  });
  return found.map(Number);
}

describe('the renderer on call', { timeout: 120_000 }, () => {
  test('is for other services alone', async () => {
    const { authorization } = await tokens.of('demo', 'operator');
    for (const path of ['check', 'preview', 'samples'].map((name) => `/internal/templates/${name}`)) {
      const without = await ask(path, svg);
      const withAnother = await ask(path, svg, authorization);
      expect([without.status, withAnother.status], path).toEqual([401, 401]);
    }
    const asService = await ask('/counts', undefined, (await tokens.ofService()).authorization);
    expect(asService.status).toBe(401);
  });

  test('checks: nothing to say of a good template, each fault of a hostile one with its place', async () => {
    const good = await service('/internal/templates/check', svg);
    expect(good.status).toBe(200);
    expect(JSON.parse(good.text)).toMatchObject({
      findings: [],
      slots: expect.arrayContaining(['recipient.name', 'qr']) as unknown,
      longest: expect.arrayContaining([expect.objectContaining({ slot: 'recipient.name', script: 'Latn' })]) as unknown,
    });
    // What only a layout can tell stands beside what the text tells.
    const hidden = svg.source
      .replace('</svg>', '<rect width="100%" height="100%"/></svg>')
      .replace('{{recipient.name}}', '{{recipient.name}} {{recipient.shoe}}');
    const odd = await service('/internal/templates/check', { ...svg, source: hidden });
    const told = JSON.parse(odd.text) as { findings: { rule: string; level: string }[]; slots: string[] };
    const rules = told.findings.filter(({ level }) => level === 'error').map(({ rule }) => rule);
    expect([new Set(rules), told.slots]).toEqual([new Set(['unknown-slot', 'qr']), []]);
    const bad = await service('/internal/templates/check', hostile);
    const { findings } = JSON.parse(bad.text) as { findings: { line: number; rule: string; advice: string }[] };
    const places = findings.map(({ line, rule }) => `${line} ${rule}`);
    expect(places).toEqual(expect.arrayContaining(['2 script', '3 external-reference']));
    expect(findings.every(({ advice }) => advice.length > 0)).toBe(true);
    expect((await service('/internal/templates/check', { ...svg, mediaType: 'image/png' })).status).toBe(400);
  });

  test('previews, and tells what cannot be printed and why', async () => {
    const good = await service('/internal/templates/preview', { ...svg, values });
    expect([good.status, good.headers.get('content-type'), good.text.slice(0, 5)]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    expect(problem(await service('/internal/templates/preview', { ...hostile, values }))).toEqual([
      422,
      'template-refused',
    ]);
    const wide = { ...svg, values: { 'recipient.name': 'W'.repeat(400) } };
    expect(problem(await service('/internal/templates/preview', wide))).toEqual([422, 'template-does-not-fit']);
  });

  test('previews as PNG and as SVG, in the language of a sample, and no SVG of HTML', async () => {
    const png = await patiently('/internal/templates/preview', { ...svg, values, format: 'png', sample: 'arabic' });
    expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png']);
    const bytes = Buffer.from(png.text, 'latin1');
    expect([bytes.subarray(0, 8).toString('hex'), bytes.readUInt32BE(16)]).toEqual(['89504e470d0a1a0a', 1200]);
    const drawn = await service('/internal/templates/preview', { ...svg, format: 'svg', sample: 'short' });
    expect([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(drawn.text).toContain('Bo Li');
    expect(drawn.text).not.toContain('{{');
    const html = {
      mediaType: 'text/html',
      source: '<!doctype html><p>{{recipient.name}}</p><div data-slot="qr"></div>',
    };
    const none = await service('/internal/templates/preview', { ...html, format: 'svg' });
    expect(problem(none)).toEqual([422, 'picture-no-svg']);
    expect(problem(await service('/internal/templates/preview', { ...svg, sample: 'klingon' }))).toEqual([
      422,
      'sample-unknown',
    ]);
  });

  test('renders every sample, or says why not, in as many calls as it takes', async () => {
    const samples: { name: string; files?: { pdf: string; png: string }; refusal?: { detail: string } }[] = [];
    for (let from: number | undefined = 0; from !== undefined;) {
      const answer = await patiently('/internal/templates/samples', { ...svg, from });
      expect(answer.status).toBe(200);
      const part = JSON.parse(answer.text) as { samples: typeof samples; next?: number };
      samples.push(...part.samples);
      expect(part.samples.length).toBeGreaterThan(0);
      from = part.next;
    }
    expect(samples.map(({ name }) => name)).toEqual(sampleRecords.map(({ name }) => name));
    for (const { name, files, refusal } of samples) {
      if (files === undefined) expect([name, refusal?.detail]).toEqual([name, expect.stringMatching(/./)]);
      else {
        expect([name, Buffer.from(files.pdf, 'base64').toString('latin1', 0, 5)]).toEqual([name, '%PDF-']);
        expect([name, Buffer.from(files.png, 'base64').toString('latin1', 1, 4)]).toEqual([name, 'PNG']);
      }
    }
    expect(samples.filter(({ files }) => files).length).toBeGreaterThan(20);
    const broken = await service('/internal/templates/samples', hostile);
    expect(problem(broken)).toEqual([422, 'template-refused']);
  });

  test('counts the certificates of a tenant', async () => {
    const { authorization } = await tokens.of('demo', 'viewer');
    const { status, text } = await ask('/counts', undefined, authorization);
    expect([status, JSON.parse(text)]).toEqual([200, { allocated: 0, issued: 0, failed: 0 }]);
    expect((await ask('/counts', undefined)).status).toBe(401);
  });

  test('answers within 10 s though the browser hangs, and meanwhile tells others to come again', async () => {
    const pid = await browserPid();
    const [began, limitOf] = [performance.now(), watchMachine()];
    process.kill(-pid, 'SIGSTOP');
    const first = service('/internal/templates/preview', { ...svg, values });
    // One has the slot, two wait for it.
    const others = [1, 2, 3].map(() => service('/internal/templates/preview', { ...svg, values }));
    const busy = await Promise.race(others);
    expect([problem(busy), busy.headers.get('retry-after')]).toEqual([[429, 'renderer-busy'], '1']);
    expect(problem(await first)).toEqual([503, 'renderer-slow']);
    const late = await Promise.all(others);
    expect(late.map(({ status }) => status).sort()).toEqual([429, 503, 503]);
    expect((performance.now() - began) / 1_000).toBeLessThan(limitOf(13));
    const again = () => service('/internal/templates/preview', { ...svg, values });
    await waitFor('a preview in another browser', again, ({ status }) => status === 200, {
      timeout: 60_000,
      interval: 200,
    });
  });

  test('names the browser in its health while there is none, and is well again by itself', async () => {
    const pid = await browserPid();
    rmSync(browserFile);
    process.kill(-pid, 'SIGKILL');
    const health = async () => {
      const answer = await fetch(`${generator.url}/health/ready`);
      return { status: answer.status, text: await answer.text() };
    };
    const down = await waitFor('health to fail', health, ({ status }) => status === 503);
    expect(down.text).toContain('browser');
    expect(problem(await service('/internal/templates/preview', { ...svg, values }))).toEqual([503, 'browser-away']);
    symlinkSync(stage.browserPath, browserFile);
    const again = () => service('/internal/templates/preview', { ...svg, values });
    await waitFor('a preview', again, ({ status }) => status === 200, { timeout: 60_000, interval: 200 });
    expect((await health()).status).toBe(200);
  });
});

describe('lanes', { timeout: 120_000 }, () => {
  test('each process takes its own, and the groups of the others go on without it', async () => {
    await stage.send([stage.request('interactive')]);
    await stage.send([stage.request('bulk')], 'certificate.requested.bulk');
    const learners = async () => (await stage.rows()).map(({ recipient_learner_id: id, state }) => `${id} ${state}`);
    const bulk = await stage.start('', { LANES: 'bulk' });
    await bulk.isReady();
    await stage.patiently('the bulk one', learners, (all) => all.includes('bulk issued'));
    expect(await learners()).toEqual(['bulk issued']);
    const interactive = await stage.start('', { LANES: 'interactive' });
    await stage.patiently('the interactive one', learners, (all) => all.includes('interactive issued'));
    await interactive.process.stop();
    const wrong = await stage.start('', { LANES: 'bulk,fast' });
    expect(await wrong.process.end()).toBe(1);
    expect(wrong.process.output).toContain('LANES must be one of interactive, bulk');
  });
});
