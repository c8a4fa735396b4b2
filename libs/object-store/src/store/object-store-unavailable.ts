/** The store could not do it now: a disk that is full, a server that is away. A retry can mend it; the message says what to look at. */
export class ObjectStoreUnavailable extends Error {
  override readonly name = 'ObjectStoreUnavailable';
}
