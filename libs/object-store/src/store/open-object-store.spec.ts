import { expect, test } from 'vitest';
import { readS3Location } from '../s3/s3-location.ts';
import { ObjectStoreUrlError } from './object-store-url-error.ts';
import { openObjectStore } from './open-object-store.ts';

test.each([
  ['objects', 'it is no URL'],
  ['', 'it is no URL'],
  ['ftp://host/folder', '"ftp" is neither file nor s3'],
  ['file:///', 'root of the file system'],
  ['file://host/folder', 'names no host'],
  ['file:///folder?a=1', 'takes no ?'],
  ['s3:///bucket', 'names no host'],
  ['s3://k:s@host', 'one bucket'],
  ['s3://k:s@host/a/b', 'one bucket'],
  ['s3://k:s@host/Bucket', 'one bucket'],
  ['s3://k@host/bucket', 'a key without a secret'],
  ['s3://:s@host/bucket', 'a key without a secret'],
  ['s3://k:%zz@host/bucket', 'percent-encoding'],
  ['s3://k:s@host/bucket?tls=no', 'tls is neither'],
  ['s3://k:s@host/bucket?region=EU west', 'no name of a region'],
  ['s3://k:s@host/bucket?ssl=true', '"ssl" is neither tls nor region'],
])('refuses "%s"', (url, fault) => {
  expect(() => openObjectStore(url)).toThrow(ObjectStoreUrlError);
  expect(() => openObjectStore(url)).toThrow(fault);
});

test('never repeats a secret', () => {
  expect(() => openObjectStore('s3://key:hunter2@host/not/one')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test('reads where a bucket is', () => {
  expect(readS3Location(new URL('s3://k%2Fey:se%40cret@127.0.0.1:9000/lau-rel?tls=false&region=eu-central-1'))).toEqual(
    {
      endpoint: 'http://127.0.0.1:9000',
      bucket: 'lau-rel',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'k/ey', secretAccessKey: 'se@cret' },
    },
  );
  expect(readS3Location(new URL('s3://s3.eu-west-1.amazonaws.com/bucket'))).toEqual({
    endpoint: 'https://s3.eu-west-1.amazonaws.com',
    bucket: 'bucket',
    region: 'us-east-1',
  });
});
