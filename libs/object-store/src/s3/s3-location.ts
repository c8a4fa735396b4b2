import { ObjectStoreUrlError } from '../store/object-store-url-error.ts';

/** Where a bucket is, and who asks for it. */
export interface S3Location {
  /** `https://host:port`, without a path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  /** Left out, the AWS SDK looks for them where it runs (an instance's role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const parameters = new Set(['tls', 'region']);
/** Amazon S3 User Guide, "Bucket naming rules", without dots, which break TLS. */
const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * Reads `s3://KEY:SECRET@host:port/bucket?tls=false&region=…`. TLS is on and the region `us-east-1` where nothing is said; special
 * characters of key and secret are percent-encoded.
 *
 * @throws {ObjectStoreUrlError} naming the fault
 */
export function readS3Location(url: URL): S3Location {
  if (url.host === '') throw new ObjectStoreUrlError('it names no host');
  if (url.hash !== '') throw new ObjectStoreUrlError('it takes no #');
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.has(name));
  if (unknown !== undefined) throw new ObjectStoreUrlError(`"${unknown}" is neither tls nor region`);
  const tls = url.searchParams.get('tls') ?? 'true';
  if (tls !== 'true' && tls !== 'false') throw new ObjectStoreUrlError('tls is neither true nor false');
  const region = url.searchParams.get('region') ?? 'us-east-1';
  if (!/^[a-z0-9-]{1,40}$/.test(region)) throw new ObjectStoreUrlError('the region is no name of a region');
  const bucket = url.pathname.replace(/^\//, '').replace(/\/$/, '');
  if (!bucketName.test(bucket)) {
    throw new ObjectStoreUrlError('after the host stands one bucket, named by 3 to 63 of a-z, 0-9 and -');
  }
  return { endpoint: `${tls === 'true' ? 'https' : 'http'}://${url.host}`, bucket, region, ...credentialsOf(url) };
}

function credentialsOf(url: URL): Pick<S3Location, 'credentials'> {
  if (url.username === '' && url.password === '') return {};
  if (url.username === '' || url.password === '')
    throw new ObjectStoreUrlError('it has a key without a secret, or a secret without a key');
  try {
    const [accessKeyId, secretAccessKey] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return { credentials: { accessKeyId, secretAccessKey } };
  } catch {
    throw new ObjectStoreUrlError('the percent-encoding of its key or secret is broken');
  }
}
