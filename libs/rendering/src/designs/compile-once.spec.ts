import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { templateContent } from '../plan/template-content.ts';
import { readPlan } from '../plan/read-plan.ts';
import { writePlan } from '../plan/write-plan.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import type { TemplateSource } from '../template/template-source.ts';

interface Compiler {
  readonly engine: string;
  compile(template: TemplateSource): Promise<RenderPlan>;
}

/**
 * The plan of a template, compiled by whichever file of this test run asks first: a built-in design takes seconds, and several files print them all. It is kept no longer than the
 * run, so that no plan outlives a change in what compiles.
 */
export async function compileOnce(
  renderer: Compiler,
  template: TemplateSource,
  folder = inject('runFolder'),
): Promise<RenderPlan> {
  const file = join(folder, `${renderer.engine}-${templateContent(template).key}.plan`);
  if (existsSync(file)) return readPlan(readFileSync(file), renderer.engine);
  const plan = await renderer.compile(template);
  // Another worker may be at the same one: each writes a whole file, and either will do.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, writePlan(plan));
  renameSync(draft, file);
  return plan;
}

test('what was compiled once is read from then on, as it was, and by the same engine alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-plans-'));
  const template = { mediaType: 'image/svg+xml' as const, source: '<svg/>' };
  let compiled = 0;
  const compiler = (engine: string): Compiler => ({
    engine,
    compile: async (source) => ({
      ...templateContent(source),
      ...{ engine, texts: [], pairs: [], slots: [], mode: 'whole', whyWhole: [`${++compiled}`], isMarked: true },
      size: { width: '1mm', height: '1mm' },
    }),
  });
  const first = await compileOnce(compiler('a'), template, folder);
  expect(await compileOnce(compiler('a'), template, folder)).toEqual(first);
  expect(compiled).toBe(1);
  await compileOnce(compiler('b'), template, folder);
  await compileOnce(compiler('b'), { ...template, source: '<svg></svg>' }, folder);
  expect(compiled).toBe(3);
  expect(readdirSync(folder).filter((name) => !name.endsWith('.plan'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
