/** One object to keep. */
export interface ObjectToStore {
  /** `assets/acme/<sha256>.png`: letters of ASCII, digits, `.`, `_`, `-` and, between segments, `/`. */
  readonly name: string;
  /** In one, or in pieces that are the object one after the other. */
  readonly bytes: Uint8Array | readonly Uint8Array[];
  readonly mediaType: string;
}

/** An object that the store holds. */
export interface StoredObject {
  readonly name: string;
  /** Its length. */
  readonly bytes: number;
  readonly writtenAt: Date;
}

/**
 * Keeps objects by name, each written once. What a retry can mend is thrown as `ObjectStoreUnavailable`; a name that no object
 * may have is a RangeError.
 */
export interface ObjectStore {
  /**
   * Writes what is not there yet: of several writers of one name the first one wins, and all of them succeed. When it
   * resolves, every object named in the call is durable, whoever wrote it. When it rejects, any of them may be there, none
   * of them in part.
   */
  put(objects: readonly ObjectToStore[]): Promise<void>;
  /** @returns the bytes, or undefined where there is no object of the name */
  get(name: string): Promise<Buffer | undefined>;
  has(name: string): Promise<boolean>;
  /**
   * Every object whose name begins with `prefix`, in the order of the names' bytes.
   *
   * @param prefix the beginning of a name, which need not end at a `/`; empty for all
   * @param after only names behind this one, where an earlier listing ended; cheap, however many stand before it
   */
  list(prefix: string, after?: string): AsyncIterable<StoredObject>;
  /** Deletes what is there of these; the rest is passed over. Durable when it resolves. */
  delete(names: readonly string[]): Promise<void>;
  /** Writes, reads and deletes a probe; throws with cause and fix when the store cannot be used. */
  check(): Promise<void>;
  /** Lets go of connections. Calls in flight may fail. */
  close(): void;
}
