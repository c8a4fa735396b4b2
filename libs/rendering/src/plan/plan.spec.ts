import { describe, expect, it } from 'vitest';
import type { RenderPlan } from '../print/render-plan.ts';
import { PlanUnknown } from './plan-unknown.ts';
import { readPlan } from './read-plan.ts';
import { templateContent } from './template-content.ts';
import { writePlan } from './write-plan.ts';

const plan: RenderPlan = {
  ...templateContent({ mediaType: 'text/html', source: '<p>{{recipient.name}}</p>' }),
  engine: 'e1',
  texts: [['{{recipient.name}}', [{ slot: 'recipient.name' }]]],
  slots: ['recipient.name'],
  size: { width: '297mm', height: '210mm' },
  mode: 'hybrid',
  whyWhole: [],
  pairs: [[0, 1]],
  isMarked: true,
  layers: { moving: [3], obstacles: [], background: Buffer.from([0, 1, 255]), qr: [1, 0, 0, -1, 2.5, 3] },
};

describe('a plan as bytes', () => {
  it('is read as it was written', () => {
    expect(readPlan(writePlan(plan))).toEqual(plan);
    expect(readPlan(writePlan(plan), 'e1').layers?.background).toEqual(Buffer.from([0, 1, 255]));
  });

  it('is refused where it is of another engine, another make or another template, or damaged', () => {
    const bytes = writePlan(plan);
    expect(() => readPlan(bytes, 'e2')).toThrow('made by the engine e1, and this one is e2');
    expect(() => readPlan(Buffer.from('laurel-plan 0\n'))).toThrow(PlanUnknown);
    expect(() => readPlan(bytes.subarray(0, -3))).toThrow('damaged');
    expect(() => readPlan(writePlan({ ...plan, source: '<p>Another</p>' }))).toThrow('not that of its template');
  });
});
