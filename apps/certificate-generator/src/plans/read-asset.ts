import { createHash } from 'node:crypto';
import { assetObjectName, type ObjectStore } from '@laurel/object-store';
import { MakingFailed, type MakingFailure } from '../make-certificates/making-failed.ts';
import { storeAnswer } from '../make-certificates/store-answer.ts';

/** What asset-store keeps, as a request names it. */
export interface AssetName {
  readonly tenantId: string;
  readonly sha256: string;
  /** Of a template or of a picture: it gives the object's ending. */
  readonly mediaType: string;
}

/**
 * Reads an object of asset-store, and believes its hash only.
 *
 * @param missing the failure of whoever needs it and finds none
 * @param what it is, for operators
 * @throws {MakingFailed} when it is not there, or holds other bytes; {TransientError} when the store is away
 */
export async function readAsset(
  store: Pick<ObjectStore, 'get'>,
  { tenantId, sha256, mediaType }: AssetName,
  missing: MakingFailure,
  what: string,
): Promise<Buffer> {
  const bytes = await storeAnswer(() => store.get(assetObjectName(tenantId, sha256, mediaType)));
  if (!bytes) throw new MakingFailed(missing, `the object of ${what} is not in the object store: ${sha256}`);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new MakingFailed(missing, `the object of ${what} has other bytes than its name says: ${sha256}`);
  }
  return bytes;
}
