import { createHash } from 'node:crypto';
import type { ObjectToStore } from '@laurel/object-store';
import { PlanUnknown, type RenderPlan, type TemplateSource, TemplateUnprintable } from '@laurel/rendering';
import { beforeEach, expect, test } from 'vitest';
import { type PlanBytes, Plans } from './plans.ts';

const source = '<svg/>';
const sha256 = createHash('sha256').update(source).digest('hex');
const template = { tenantId: 'acme', sha256, mediaType: 'image/svg+xml' } as const;
const name = `plans/acme/${sha256}-engine-1`;
let objects: Map<string, Buffer>;
let compiled: string[];

const store = {
  get: async (at: string) => objects.get(at),
  put: async (all: readonly ObjectToStore[]) => {
    for (const { name: at, bytes } of all) if (!objects.has(at)) objects.set(at, Buffer.concat([bytes].flat()));
  },
  delete: async (names: readonly string[]) => names.forEach((at) => objects.delete(at)),
};
const queue = {
  compile: async (lane: string, { mediaType, source: text }: TemplateSource) => {
    compiled.push(lane);
    if (text.includes('broken')) throw new TemplateUnprintable('refused', 'it does not load');
    return { engine: 'engine-1', source: text, mediaType, images: {} } as unknown as RenderPlan;
  },
};
const bytes: PlanBytes = {
  engine: 'engine-1',
  write: (plan) => Buffer.from(JSON.stringify(plan)),
  read: (text) => {
    if (!text.toString().startsWith('{')) throw new PlanUnknown('it is damaged');
    return JSON.parse(text.toString()) as RenderPlan;
  },
};
/** A process of its own: it remembers nothing. */
const worker = () => new Plans(store, queue, bytes);

beforeEach(() => {
  compiled = [];
  objects = new Map([[`assets/acme/${sha256}.svg`, Buffer.from(source)]]);
});

test('a template is compiled once, whoever asks and however often', async () => {
  const first = worker();
  const [plan] = await Promise.all([first.get('bulk', template), first.get('interactive', template)]);
  expect(await worker().get('interactive', template)).toEqual(plan);
  expect([plan.source, compiled]).toEqual([source, ['bulk']]);
  expect([...objects.keys()]).toContain(name);
});

test.each([
  ['damaged', 'no plan'],
  [
    'of another template',
    JSON.stringify({ engine: 'engine-1', source: '<svg>other</svg>', mediaType: 'image/svg+xml' }),
  ],
])('a stored plan that is %s is compiled anew and put in its place', async (_, lies) => {
  objects.set(name, Buffer.from(lies));
  expect((await worker().get('bulk', template)).source).toBe(source);
  expect((await worker().get('bulk', template)).source).toBe(source);
  expect(compiled).toEqual(['bulk']);
});

test('a template that cannot be compiled fails each time, and leaves nothing in the store', async () => {
  const broken = createHash('sha256').update('broken').digest('hex');
  objects.set(`assets/acme/${broken}.svg`, Buffer.from('broken'));
  const plans = worker();
  for (let time = 0; time < 2; time++) {
    await expect(plans.get('bulk', { ...template, sha256: broken })).rejects.toMatchObject({
      type: 'template-unprintable',
    });
  }
  await expect(plans.get('bulk', { ...template, sha256: 'a'.repeat(64) })).rejects.toMatchObject({
    type: 'template-missing',
  });
  objects.set(`assets/acme/${'b'.repeat(64)}.svg`, Buffer.from(source));
  await expect(plans.get('bulk', { ...template, sha256: 'b'.repeat(64) })).rejects.toThrow(
    'other bytes than its name says',
  );
  expect(compiled).toEqual(['bulk', 'bulk']);
  expect(objects.size).toBe(3);
});
