import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { assertObjectName } from '../names/object-name.ts';
import { assertObjectPrefix } from '../names/object-prefix.ts';
import { concurrently } from '../store/concurrently.ts';
import type { ObjectStore, ObjectToStore, StoredObject } from '../store/object-store.ts';
import { ObjectStoreUnavailable } from '../store/object-store-unavailable.ts';
import { FirstWriter } from './first-writer.ts';
import { maxConnections } from './max-connections.ts';
import { openS3Client } from './open-s3-client.ts';
import { s3Error } from './s3-error.ts';
import type { S3Location } from './s3-location.ts';

/** Objects in a bucket of a server that speaks S3. The bucket has to exist. What it answers for is durable. */
export class S3ObjectStore implements ObjectStore {
  private readonly client: S3Client;
  private readonly firstWriter: FirstWriter;

  constructor(private readonly location: S3Location) {
    this.client = openS3Client(location);
    this.firstWriter = new FirstWriter(this.client, location.bucket);
  }

  async put(objects: readonly ObjectToStore[]): Promise<void> {
    objects.forEach(({ name }) => assertObjectName(name));
    const byName = new Map(objects.toReversed().map((object) => [object.name, object]));
    await this.mapped(() => concurrently(byName.values(), maxConnections, (object) => this.firstWriter.write(object)));
  }

  async get(name: string): Promise<Buffer | undefined> {
    assertObjectName(name);
    return this.mapped(() => this.read(name));
  }

  async has(name: string): Promise<boolean> {
    assertObjectName(name);
    return this.mapped(async () => {
      if (await this.firstWriter.has(name)) return true;
      // HEAD answers 404 for a bucket that is not there, too.
      await this.client.send(new HeadBucketCommand({ Bucket: this.location.bucket }));
      return false;
    });
  }

  async *list(prefix: string, after = ''): AsyncGenerator<StoredObject> {
    assertObjectPrefix(prefix);
    let next: string | undefined;
    do {
      const page = await this.mapped(() =>
        this.client.send(
          new ListObjectsV2Command({
            Bucket: this.location.bucket,
            Prefix: prefix,
            ...(next === undefined && after !== '' ? { StartAfter: after } : { ContinuationToken: next }),
          }),
        ),
      );
      for (const { Key: name = '', Size: bytes = 0, LastModified: writtenAt = new Date(0) } of page.Contents ?? []) {
        // A dot begins what is the store's own: probes.
        if (!name.startsWith('.')) yield { name, bytes, writtenAt };
      }
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  async delete(names: readonly string[]): Promise<void> {
    names.forEach(assertObjectName);
    // One by one: the call for many demands a checksum that not every server takes.
    await this.mapped(() => concurrently(new Set(names), maxConnections, (name) => this.remove(name)));
  }

  async check(): Promise<void> {
    await this.mapped(async () => {
      const probe = Buffer.from(randomUUID());
      const name = `.probe/${randomUUID()}`;
      const { bucket } = this.location;
      await this.client.send(
        new PutObjectCommand({ Bucket: bucket, Key: name, Body: probe, ContentType: 'text/plain' }),
      );
      try {
        if (!(await this.read(name))?.equals(probe)) {
          throw new ObjectStoreUnavailable(
            `The bucket ${bucket} at ${this.location.endpoint} gives back other bytes than were written. Look into the log of the server.`,
          );
        }
      } finally {
        await this.remove(name);
      }
    });
  }

  close(): void {
    this.client.destroy();
  }

  private async read(name: string): Promise<Buffer | undefined> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.location.bucket, Key: name }));
      return Buffer.from((await body?.transformToByteArray()) ?? []);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  private async remove(name: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.location.bucket, Key: name }));
  }

  private async mapped<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw s3Error(error, this.location.endpoint, this.location.bucket);
    }
  }
}
