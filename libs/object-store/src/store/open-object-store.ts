import { fileURLToPath } from 'node:url';
import { FileObjectStore } from '../file/file-object-store.ts';
import { readS3Location } from '../s3/s3-location.ts';
import { LateS3Store } from '../s3/late-s3-store.ts';
import type { ObjectStore } from './object-store.ts';
import { ObjectStoreUrlError } from './object-store-url-error.ts';

/**
 * Opens the store that a URL names; nothing is read or written yet (`check` does). `file:///folder` is a folder of this machine
 * or of a shared file system, whose parent has to exist; `s3://KEY:SECRET@host:port/bucket?tls=false&region=us-east-1` a bucket of a
 * server that speaks S3, which has to exist.
 *
 * @throws {ObjectStoreUrlError} naming the fault
 */
export function openObjectStore(url: string): ObjectStore {
  if (!URL.canParse(url)) throw new ObjectStoreUrlError('it is no URL');
  const parsed = new URL(url);
  if (parsed.protocol === 'file:') return new FileObjectStore(folderOf(parsed));
  if (parsed.protocol === 's3:') return new LateS3Store(readS3Location(parsed));
  throw new ObjectStoreUrlError(`"${parsed.protocol.slice(0, -1)}" is neither file nor s3`);
}

function folderOf(url: URL): string {
  if (url.host !== '') throw new ObjectStoreUrlError('a file URL names no host: after "file:" stand three slashes');
  if (url.search !== '' || url.hash !== '') throw new ObjectStoreUrlError('a file URL takes no ? and no #');
  const folder = fileURLToPath(url).replace(/\/+$/, '');
  if (folder === '') throw new ObjectStoreUrlError('the folder must not be the root of the file system');
  return folder;
}
