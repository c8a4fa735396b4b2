import { createHash } from 'node:crypto';
import { assetObjectName, type ObjectStore } from '@laurel/object-store';
import { type RenderPlan, type SlotImage, TemplateRefused, TemplateUnprintable } from '@laurel/rendering';
import type { Lane } from '../print/lane.ts';
import type { PrintQueue } from '../print/print-queue.ts';
import { KeptPromises } from './kept-promises.ts';
import { MakingFailed, type MakingFailure } from './making-failed.ts';
import { storeAnswer } from './store-answer.ts';

/** A template as a request names it. */
export interface TemplateName {
  readonly tenantId: string;
  readonly sha256: string;
  readonly mediaType: 'image/svg+xml' | 'text/html';
}

/** An image as a request names it. */
export interface ImageName {
  readonly tenantId: string;
  readonly sha256: string;
  readonly mediaType: string;
}

/** Compiled templates and images by their hashes, which never change, for both lanes. */
export class AssetShelf {
  private readonly plans = new KeptPromises<RenderPlan>(100);
  private readonly images = new KeptPromises<SlotImage>(500);

  constructor(
    private readonly store: ObjectStore,
    private readonly queue: PrintQueue,
  ) {}

  /** @throws {MakingFailed} for this template; {TransientError} when the store or the browser is away */
  plan(lane: Lane, template: TemplateName): Promise<RenderPlan> {
    return this.plans.get(assetName(template), async () => {
      const bytes = await this.read(template, 'template-missing', 'the template');
      try {
        const source = bytes.toString('utf8');
        return await this.queue.compile(lane, { mediaType: template.mediaType, source });
      } catch (error) {
        const isItsFault = error instanceof TemplateRefused || error instanceof TemplateUnprintable;
        if (!isItsFault) throw error;
        throw new MakingFailed('template-unprintable', `the template cannot be printed: ${error.message}`, {
          cause: error,
        });
      }
    });
  }

  /** @throws {MakingFailed} for this image; {TransientError} when the store is away */
  image(image: ImageName): Promise<SlotImage> {
    return this.images.get(assetName(image), async () => {
      if (image.mediaType !== 'image/png' && image.mediaType !== 'image/jpeg') {
        throw new MakingFailed('image-unprintable', 'a signature must be a PNG or JPEG image');
      }
      const bytes = await this.read(image, 'image-missing', 'the image of a signature');
      return { mediaType: image.mediaType, bytes };
    });
  }

  private async read(asset: ImageName, missing: MakingFailure, what: string): Promise<Buffer> {
    const bytes = await storeAnswer(() => this.store.get(assetName(asset)));
    if (!bytes) throw new MakingFailed(missing, `the object of ${what} is not in the object store: ${asset.sha256}`);
    if (createHash('sha256').update(bytes).digest('hex') !== asset.sha256) {
      throw new MakingFailed(missing, `the object of ${what} has other bytes than its name says: ${asset.sha256}`);
    }
    return bytes;
  }
}

const assetName = ({ tenantId, sha256, mediaType }: ImageName) => assetObjectName(tenantId, sha256, mediaType);
