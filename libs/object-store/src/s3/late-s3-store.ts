import type { ObjectStore, ObjectToStore, StoredObject } from '../store/object-store.ts';
import type { S3Location } from './s3-location.ts';

/**
 * A bucket whose client is loaded with the first call: the SDK takes 33 MB, which a process whose objects are files need not
 * carry.
 */
export class LateS3Store implements ObjectStore {
  private opening: Promise<ObjectStore> | undefined;

  constructor(private readonly location: S3Location) {}

  async put(objects: readonly ObjectToStore[]): Promise<void> {
    return (await this.opened()).put(objects);
  }

  async get(name: string): Promise<Buffer | undefined> {
    return (await this.opened()).get(name);
  }

  async has(name: string): Promise<boolean> {
    return (await this.opened()).has(name);
  }

  async *list(prefix: string, after = ''): AsyncGenerator<StoredObject> {
    yield* (await this.opened()).list(prefix, after);
  }

  async delete(names: readonly string[]): Promise<void> {
    return (await this.opened()).delete(names);
  }

  async check(): Promise<void> {
    return (await this.opened()).check();
  }

  close(): void {
    // Whoever waits for the opening is told by its own call; here nobody is.
    this.opening?.then(
      (store) => store.close(),
      () => undefined,
    );
  }

  private opened(): Promise<ObjectStore> {
    this.opening ??= import('./s3-object-store.ts').then(({ S3ObjectStore }) => new S3ObjectStore(this.location));
    return this.opening;
  }
}
