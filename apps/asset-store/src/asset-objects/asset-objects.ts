import { createHash } from 'node:crypto';
import { TransientError } from '@laurel/messaging';
import { assetObjectName, type ObjectStore, ObjectStoreUnavailable, openObjectStore } from '@laurel/object-store';
import { SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { AssetStoreSettings } from '../config.ts';

/** An image or a design, and the hash that names it. */
export interface AssetObject {
  readonly tenantId: string;
  readonly sha256: string;
  readonly mediaType: string;
}

/** The bytes of images and designs, named by their hash. */
@Injectable()
export class AssetObjects implements OnApplicationShutdown {
  private readonly store: ObjectStore;

  constructor(@Inject(SETTINGS) settings: AssetStoreSettings) {
    this.store = openObjectStore(settings.OBJECT_STORE_URL);
  }

  /** SHA-256 of content, in lower-case hexadecimal. */
  hash(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
  }

  /** Keeps content; to be called before the transaction that names it. Throws TransientError in an outage of the store. */
  async keep(objects: readonly (AssetObject & { readonly bytes: Uint8Array })[]): Promise<void> {
    await this.mapped(() =>
      this.store.put(
        objects.map(({ bytes, ...object }) => ({ name: nameOf(object), bytes, mediaType: object.mediaType })),
      ),
    );
  }

  /** The bytes of what a row names. Throws TransientError in an outage, and an Error when they are gone or altered. */
  async read(object: AssetObject): Promise<Buffer> {
    const bytes = await this.mapped(() => this.store.get(nameOf(object)));
    if (bytes !== undefined && this.hash(bytes) === object.sha256) return bytes;
    throw new Error(
      `The object ${nameOf(object)} is ${bytes === undefined ? 'gone' : 'altered'}: bring it back from a backup`,
    );
  }

  onApplicationShutdown(): void {
    this.store.close();
  }

  private async mapped<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof ObjectStoreUnavailable)) throw cause;
      throw new TransientError('object store', cause.message, { cause });
    }
  }
}

const nameOf = ({ tenantId, sha256, mediaType }: AssetObject) => assetObjectName(tenantId, sha256, mediaType);
