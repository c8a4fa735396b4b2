/** An object store's URL that names no store. The message never repeats the URL: a secret may stand in it. */
export class ObjectStoreUrlError extends Error {
  override readonly name = 'ObjectStoreUrlError';

  constructor(fault: string) {
    super(
      `The URL of the object store cannot be used: ${fault}. It has to be file:///folder or s3://KEY:SECRET@host:port/bucket?tls=false&region=us-east-1.`,
    );
  }
}
