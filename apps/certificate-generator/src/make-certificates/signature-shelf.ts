import type { ObjectStore } from '@laurel/object-store';
import type { SlotImage } from '@laurel/rendering';
import { type AssetName, readAsset } from '../plans/read-asset.ts';
import { KeptPromises } from './kept-promises.ts';
import { MakingFailed } from './making-failed.ts';

/** Images of signatures by their hashes, which never change, for both lanes. */
export class SignatureShelf {
  private readonly kept = new KeptPromises<SlotImage>(500);

  constructor(private readonly store: ObjectStore) {}

  /** @throws {MakingFailed} for this image; {TransientError} when the store is away */
  get({ tenantId, sha256, mediaType }: AssetName): Promise<SlotImage> {
    return this.kept.get(`${tenantId}/${sha256}/${mediaType}`, async () => {
      if (mediaType !== 'image/png' && mediaType !== 'image/jpeg') {
        throw new MakingFailed('image-unprintable', 'a signature must be a PNG or JPEG image');
      }
      const name = { tenantId, sha256, mediaType };
      return { mediaType, bytes: await readAsset(this.store, name, 'image-missing', 'the image of a signature') };
    });
  }
}
