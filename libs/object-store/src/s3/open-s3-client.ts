import { S3Client } from '@aws-sdk/client-s3';
import { maxConnections } from './max-connections.ts';
import type { S3Location } from './s3-location.ts';

/** A client for servers that speak S3: three attempts with back-off, each bounded, so a call ends within half a minute. */
export function openS3Client({ endpoint, region, credentials }: S3Location): S3Client {
  const agent = { maxSockets: maxConnections, keepAlive: true };
  return new S3Client({
    endpoint,
    region,
    ...(credentials === undefined ? {} : { credentials }),
    // The bucket in the path: a server of one's own seldom has a name for each bucket.
    forcePathStyle: true,
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 8_000,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
    // Servers other than Amazon's answer NotImplemented to the checksums in trailers that the SDK would add by itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
