import { inflateSync } from 'node:zlib';
import type { PlanLayers, RenderPlan } from '../print/render-plan.ts';
import { planHead } from './plan-head.ts';
import { PlanUnknown } from './plan-unknown.ts';
import { templateKey } from './template-key.ts';

const LARGEST = 64 * 2 ** 20;

/** The plan that `writePlan` wrote. Throws PlanUnknown for bytes of another make, and of another engine where one is given. */
export function readPlan(bytes: Buffer, engine?: string): RenderPlan {
  const head = bytes.subarray(0, planHead.length).toString('latin1');
  if (head !== planHead) throw new PlanUnknown(`it does not begin with ${planHead.trim()}`);
  let told: RenderPlan & { layers?: Omit<PlanLayers, 'background'> & { background: string } };
  try {
    told = JSON.parse(
      inflateSync(bytes.subarray(planHead.length), { maxOutputLength: LARGEST }).toString('utf8'),
    ) as typeof told;
  } catch (cause) {
    throw new PlanUnknown('its bytes are damaged', { cause });
  }
  if (engine !== undefined && told.engine !== engine)
    throw new PlanUnknown(`it was made by the engine ${told.engine}, and this one is ${engine}`);
  // What is signed for by its name alone: a plan of another template must not pass for this one.
  if (told.key !== templateKey(told)) throw new PlanUnknown('its key is not that of its template');
  const { layers, ...rest } = told;
  if (layers === undefined) return rest;
  return { ...rest, layers: { ...layers, background: Buffer.from(layers.background, 'base64') } };
}
