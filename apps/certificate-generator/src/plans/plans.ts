import { createHash } from 'node:crypto';
import type { ObjectStore } from '@laurel/object-store';
import { PlanUnknown, type RenderPlan, TemplateRefused, TemplateUnprintable } from '@laurel/rendering';
import { KeptPromises } from '../make-certificates/kept-promises.ts';
import { MakingFailed } from '../make-certificates/making-failed.ts';
import { storeAnswer } from '../make-certificates/store-answer.ts';
import type { Lane } from '../print/lane.ts';
import type { PrintQueue } from '../print/print-queue.ts';
import { readAsset } from './read-asset.ts';

/** A template as a request names it. */
export interface TemplateName {
  readonly tenantId: string;
  readonly sha256: string;
  readonly mediaType: 'image/svg+xml' | 'text/html';
}

/** Plans as bytes, and the version of the engine whose plans are good here. */
export interface PlanBytes {
  readonly engine: string;
  write(plan: RenderPlan): Buffer;
  /** @throws {PlanUnknown} for bytes that are no plan of this engine */
  read(bytes: Buffer, engine: string): RenderPlan;
}

/** Bytes of plans that stay in memory. One of many pictures has some megabytes. */
const mostBytes = 96 * 2 ** 20;

/**
 * Compiled templates by their hashes, which never change: in memory, else in the object store, where the first worker to compile
 * one has put it for all others, else compiled now.
 */
export class Plans {
  private readonly kept = new KeptPromises<RenderPlan>(mostBytes, weightOf);

  constructor(
    private readonly store: Pick<ObjectStore, 'get' | 'put' | 'delete'>,
    private readonly queue: Pick<PrintQueue, 'compile'>,
    private readonly bytes: PlanBytes,
  ) {}

  /**
   * @param lane in whose turn it is compiled, where it has to be
   * @throws {MakingFailed} for this template; {TransientError} when the store or the browser is away
   */
  get(lane: Lane, template: TemplateName): Promise<RenderPlan> {
    const { tenantId, sha256, mediaType } = template;
    return this.kept.get(`${tenantId}/${sha256}/${mediaType}`, async () => {
      const name = `plans/${tenantId}/${sha256}-${this.bytes.engine}`;
      return (await this.stored(name, template)) ?? (await this.compiled(lane, name, template));
    });
  }

  private async stored(name: string, template: TemplateName): Promise<RenderPlan | undefined> {
    const bytes = await storeAnswer(() => this.store.get(name));
    if (!bytes) return undefined;
    try {
      const plan = this.bytes.read(bytes, this.bytes.engine);
      const sha256 = createHash('sha256').update(plan.source).digest('hex');
      if (sha256 === template.sha256 && plan.mediaType === template.mediaType) return plan;
    } catch (error) {
      if (!(error instanceof PlanUnknown)) throw error;
    }
    // What has a name is never written over; a plan is not what anybody was promised.
    await storeAnswer(() => this.store.delete([name]));
    return undefined;
  }

  private async compiled(lane: Lane, name: string, template: TemplateName): Promise<RenderPlan> {
    const { mediaType } = template;
    const source = await readAsset(this.store, template, 'template-missing', 'the template');
    const plan = await this.compile(lane, mediaType, source);
    const bytes = this.bytes.write(plan);
    await storeAnswer(() => this.store.put([{ name, bytes, mediaType: 'application/octet-stream' }]));
    return plan;
  }

  private async compile(lane: Lane, mediaType: TemplateName['mediaType'], source: Buffer): Promise<RenderPlan> {
    try {
      return await this.queue.compile(lane, { mediaType, source: source.toString('utf8') });
    } catch (error) {
      const isItsFault = error instanceof TemplateRefused || error instanceof TemplateUnprintable;
      if (!isItsFault) throw error;
      throw new MakingFailed('template-unprintable', `the template cannot be printed: ${error.message}`, {
        cause: error,
      });
    }
  }
}

function weightOf({ source, images, layers }: RenderPlan): number {
  const pictures = Object.values(images).reduce((sum, address) => sum + address.length, 0);
  return source.length + pictures + (layers?.background.length ?? 0);
}
