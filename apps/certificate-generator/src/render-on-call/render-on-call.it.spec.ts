import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInTemplates } from '@laurel/rendering';
import { startTokens, type Tokens, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { GeneratorStage } from '../failure-table/generator-stage.spec.ts';

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
const problem = ({ status, text }: Answer) => [
  status,
  (JSON.parse(text) as { type: string }).type.replace('urn:laurel:problem:', ''),
];

/** The process that leads the browser. */
function browserPid(): number {
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
  expect(found).toHaveLength(1);
  return Number(found[0]);
}

describe('the renderer on call', { timeout: 120_000 }, () => {
  test('is for other services alone', async () => {
    const { authorization } = await tokens.of('demo', 'operator');
    for (const path of ['/internal/templates/check', '/internal/templates/preview']) {
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
    });
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

  test('counts the certificates of a tenant', async () => {
    const { authorization } = await tokens.of('demo', 'viewer');
    const { status, text } = await ask('/counts', undefined, authorization);
    expect([status, JSON.parse(text)]).toEqual([200, { allocated: 0, issued: 0, failed: 0 }]);
    expect((await ask('/counts', undefined)).status).toBe(401);
  });

  test('answers within 10 s though the browser hangs, and meanwhile tells others to come again', async () => {
    const began = performance.now();
    process.kill(-browserPid(), 'SIGSTOP');
    const first = service('/internal/templates/preview', { ...svg, values });
    const busy = await waitFor(
      'the slot to be taken',
      () => service('/internal/templates/preview', { ...svg, values }),
      ({ status }) => status === 429,
      { interval: 50 },
    );
    expect([problem(busy), busy.headers.get('retry-after')]).toEqual([[429, 'renderer-busy'], '1']);
    expect(problem(await first)).toEqual([503, 'renderer-slow']);
    expect(performance.now() - began).toBeLessThan(13_000);
    const again = () => service('/internal/templates/preview', { ...svg, values });
    await waitFor('a preview in another browser', again, ({ status }) => status === 200, {
      timeout: 60_000,
      interval: 200,
    });
  });

  test('names the browser in its health while there is none, and is well again by itself', async () => {
    rmSync(browserFile);
    process.kill(-browserPid(), 'SIGKILL');
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
