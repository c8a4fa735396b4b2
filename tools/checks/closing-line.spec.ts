import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { plantedTree } from './planted-tree.mjs';

const tree = plantedTree(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
afterAll(() => tree.dispose());

const spec = 'libs/contracts/src/planted/planted.spec.ts';
const passing = "import { expect, it } from 'vitest';\nit('holds', () => expect(1).toBe(1));\n";

describe('npm test', { timeout: 60_000 }, () => {
  beforeEach(() => {
    tree.write(spec, passing);
    tree.write('libs/contracts/src/planted/second.spec.ts', passing);
  });

  it('counts tests and checks, and does not repeat what did not change', async () => {
    expect(await test('unit', 'boundaries')).toMatchObject({ code: 0, last: '3 passed, 0 failed' });
    const second = await test('unit', 'boundaries');
    expect(second).toMatchObject({ code: 0, last: '3 passed, 0 failed' });
    expect(second.output.match(/unchanged/g)).toHaveLength(2);
  });

  it.each([
    ['a test fails', `${passing}it('fails', () => expect(1).toBe(2));\n`, '2 passed, 1 failed'],
    ['a file throws while it is loaded', `${passing}throw new Error('at import');\n`, '1 passed, 1 failed'],
    ['a rejection is not handled', `${passing}void Promise.reject(new Error('lost'));\n`, '2 passed, 1 failed'],
    ['a test calls process.exit(0)', `${passing}it('exits', () => process.exit(0));\n`, / passed, [1-9]\d* failed$/],
    [
      'a hook throws',
      `import { afterAll } from 'vitest';\n${passing}afterAll(() => { throw new Error('late'); });\n`,
      '2 passed, 1 failed',
    ],
    ['a file holds no test', 'export {};\n', '1 passed, 1 failed'],
  ])('fails when %s', async (_, text, last) => {
    tree.write(spec, text);
    const result = await test('unit');
    expect(result.code).toBe(1);
    expect(result.last).toMatch(last);
  });

  it.each([
    ['ends the runner with code 0', 'process.exit(0);'],
    ['kills the runner', "process.kill(process.pid, 'SIGKILL');"],
  ])('fails when something %s in mid-run', async (_, line) => {
    // A reporter runs in the runner itself, as a dependency's exit hook would.
    const reporter = 'tools/checks/suite-reporter.mjs';
    tree.write(reporter, `${original}\nsetTimeout(() => { ${line} }, 300);\n`);
    tree.write(spec, `${passing}it('waits', () => new Promise(() => undefined));\n`);
    const result = await test('unit');
    tree.write(reporter, original);
    expect(result).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
    expect(result.output).toMatch(/Vitest ended \((exit code 0|SIGKILL)\) before its run was over/);
  });

  it('fails when a test file lies where the runner does not look', async () => {
    tree.write('deploy/planted.spec.ts', passing);
    const result = await test('unit');
    expect(result).toMatchObject({ code: 1, last: '2 passed, 1 failed' });
    expect(result.output).toContain('deploy/planted.spec.ts > (suite): was not run');
    tree.remove('deploy/planted.spec.ts');
  });

  it('runs every step though one fails, and shows why it failed', async () => {
    tree.write(spec, `${passing}it('is mended', () => expect('seen').toBe('wanted'));\n`);
    tree.remove('libs/persistence/README.md');
    const result = await test('boundaries', 'unit', 'contract');
    expect(result).toMatchObject({ code: 1, last: '2 passed, 2 failed' });
    expect(result.output).toContain('libs/persistence/README.md: is missing');
    expect(result.output).toContain(`${spec} > is mended: expected 'seen' to be 'wanted'`);
    tree.write('libs/persistence/README.md', '# persistence\n');
  });

  it('ends with its line when it breaks down itself', async () => {
    tree.write('tools/checks/run-step.mjs', 'export const runStep = () => { throw new Error("broken"); };\n');
    expect(await test('unit')).toMatchObject({ code: 1, last: '0 passed, 2 failed' });
  });

  it('refuses a step that does not exist', async () => {
    expect(await test('units')).toMatchObject({ code: 1, last: '0 passed, 1 failed' });
  });
});

const original = await readReporter();

async function readReporter(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(resolve(tree.root, 'tools/checks/suite-reporter.mjs'), 'utf8');
}

async function test(...steps: string[]): Promise<{ code: number | null; output: string; last: string | undefined }> {
  const { code, output, errors } = await tree.node(['tools/check.mjs', 'test', ...steps]);
  return { code, output: output + errors, last: output.trimEnd().split('\n').at(-1) };
}
