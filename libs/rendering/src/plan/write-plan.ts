import { deflateSync } from 'node:zlib';
import type { RenderPlan } from '../print/render-plan.ts';
import { planHead } from './plan-head.ts';

/** A plan as bytes to keep, the same for the same plan: a first line, then its JSON, deflated (RFC 1950). */
export function writePlan(plan: RenderPlan): Buffer {
  const { layers, ...rest } = plan;
  const told = layers && { ...layers, background: layers.background.toString('base64') };
  return Buffer.concat([Buffer.from(planHead), deflateSync(JSON.stringify({ ...rest, layers: told }))]);
}
