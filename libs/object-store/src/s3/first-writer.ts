import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { ObjectToStore } from '../store/object-store.ts';

const conflicts = 4;

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

/**
 * Writes an object where there is none of its name. With a server that knows `If-None-Match: *` on PUT (Amazon S3 User Guide,
 * "Conditional writes") the first writer wins, as far as the server decides it in one step. With one that does not, it is asked first,
 * and between question and answer another writer can come: then the last one wins.
 */
export class FirstWriter {
  private learning: Promise<boolean> | undefined;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async write(object: ObjectToStore): Promise<void> {
    if (await this.isConditional()) {
      await this.putNew(object);
    } else if (!(await this.has(object.name))) {
      await this.put(object, {});
    }
  }

  async has(name: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: name }));
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }

  /** Whether the server keeps the first of two, found out once by a probe: many servers ignore the header in silence. */
  private async isConditional(): Promise<boolean> {
    this.learning ??= this.probe().catch((error: unknown) => {
      this.learning = undefined;
      throw error;
    });
    return this.learning;
  }

  private async probe(): Promise<boolean> {
    const probe = { name: `.probe/${randomUUID()}`, bytes: Buffer.from('probe'), mediaType: 'text/plain' };
    try {
      const first = await this.putUnless(probe);
      return first === 'written' && (await this.putUnless(probe)) === 'exists';
    } finally {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: probe.name }));
    }
  }

  private async putNew(object: ObjectToStore): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.put(object, { IfNoneMatch: '*' });
        return;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) return;
        // Another writer is at it just now, and may still fail.
        if (status !== 409 || attempt > conflicts) throw error;
        await delay(50 * 2 ** attempt);
      }
    }
  }

  private async putUnless(object: ObjectToStore): Promise<'written' | 'exists' | 'unknown'> {
    try {
      await this.put(object, { IfNoneMatch: '*' });
      return 'written';
    } catch (error) {
      if (statusOf(error) === 412) return 'exists';
      if (statusOf(error) === 501 || (error as Error).name === 'NotImplemented') return 'unknown';
      throw error;
    }
  }

  private async put({ name, bytes, mediaType }: ObjectToStore, condition: { IfNoneMatch?: string }): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: name,
        Body: bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes),
        ContentType: mediaType,
        ...condition,
      }),
    );
  }
}
