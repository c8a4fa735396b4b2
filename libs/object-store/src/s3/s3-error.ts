import { S3ServiceException } from '@aws-sdk/client-s3';
import { ObjectStoreUnavailable } from '../store/object-store-unavailable.ts';

const fixes = new Map([
  ['NoSuchBucket', 'create the bucket, or correct its name in the URL'],
  ['SignatureDoesNotMatch', 'correct the secret in the URL; the clocks of both sides may differ'],
  ['InvalidAccessKeyId', 'correct the key in the URL'],
  ['AccessDenied', 'allow the key to get, put, list and delete objects of the bucket'],
  ['Forbidden', 'allow the key to get, put, list and delete objects of the bucket'],
  ['RequestTimeTooSkewed', 'set the clock of this machine'],
  ['PermanentRedirect', 'correct the region and the host in the URL'],
  ['ENOTFOUND', 'correct the host in the URL'],
  ['ECONNREFUSED', 'start the server, or correct host and port in the URL'],
]);

/**
 * What a failed call means to a caller. Whatever the server or the network says, it can be mended outside of this process, so it
 * is unavailability; a bug on this side stays what it is.
 */
export function s3Error(error: unknown, endpoint: string, bucket: string): unknown {
  if (error instanceof ObjectStoreUnavailable || error instanceof TypeError || error instanceof RangeError)
    return error;
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const kind = code ?? error.name;
  const fix = fixes.get(kind) ?? fixes.get(status === 403 ? 'Forbidden' : '') ?? 'look into the log of the server';
  const said = [kind, status, error.message].filter((part) => part !== undefined && part !== '').join(' ');
  return new ObjectStoreUnavailable(`The bucket ${bucket} at ${endpoint} failed: ${said}. To mend it, ${fix}.`, {
    cause: error,
  });
}
