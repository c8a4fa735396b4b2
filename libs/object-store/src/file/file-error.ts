import { ObjectStoreUnavailable } from '../store/object-store-unavailable.ts';

const fixes = new Map([
  ['ENOSPC', 'make room on the disk'],
  ['EDQUOT', "raise the user's quota, or make room"],
  ['EACCES', 'let the user of this process write there'],
  ['EPERM', 'let the user of this process write there; the file system has to support hard links'],
  ['EROFS', 'mount it for writing'],
  ['ENOENT', 'create the folder, or mount what belongs there'],
  ['EMFILE', "raise the process's limit of open files"],
  ['ENFILE', "raise the system's limit of open files"],
  ['EIO', 'the disk reports a fault: replace it'],
  ['ENOTSUP', 'use a file system with hard links'],
  ['EXDEV', 'keep the whole store on one file system'],
]);

/**
 * What a failed file operation means to a caller. Whatever the system reports, somebody can mend it outside of this process,
 * so all of it is unavailability and none of it a reason to give work up; a name that is both an object and a folder is the
 * exception.
 */
export function fileError(error: unknown, root: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code === 'ENOTDIR' || code === 'EISDIR') {
    return new RangeError(`One name is an object and the beginning of another one: ${message}`, { cause: error });
  }
  const fix = fixes.get(code) ?? 'look into the log of the system';
  return new ObjectStoreUnavailable(`The object store in ${root} failed: ${message}. To mend it, ${fix}.`, {
    cause: error,
  });
}
