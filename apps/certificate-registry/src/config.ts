import { commaList, internalHttpSettings, type Settings } from '@laurel/service-kit';
import { z } from 'zod';

const hostAndPort = z.string().regex(/^(\[[0-9a-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/, 'each must be host:port');

/** The settings of the registry alone. */
export const settings = z.object({
  ...internalHttpSettings.shape,
  GENERATOR_URL: z.url({ protocol: /^https?$/ }).meta({
    description: 'The internal address of certificate-generator, which draws the pictures of certificates.',
    example: 'http://certificate-generator:3000',
  }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#]*[^/?#]$/, 'must not end with a slash, and has neither ? nor #')
    .meta({
      description:
        'The address at which the world reaches the registry. It stands in every QR code, credential and DID, so it can never change.',
      example: 'https://certificates.example.org',
    }),
  OBJECT_STORE_URL: z.string().min(1).meta({
    description: 'Where the certificates are stored: a folder, or a bucket of a server that speaks S3.',
    example: 's3://KEY:SECRET@host:9000/bucket',
    secret: true,
  }),
  PUBLIC_READS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(600).meta({
    description:
      'How many public pages and files one address may read in a minute, from each process of this service. A school may have one address.',
    example: '600',
  }),
  PUBLIC_CHECKS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(60).meta({
    description: 'How many tokens and documents one address may have verified in a minute, by each process.',
    example: '60',
  }),
  OUTBOUND_ALLOW: commaList(hostAndPort).default([]).meta({
    description:
      'DANGEROUS: addresses of other issuers that may be asked although they are not public, by http, as host:port; for development.',
    example: '127.0.0.1:8080',
  }),
  VERIFY_UNLISTED_ISSUERS: z.stringbool().default(false).meta({
    description:
      'Whether issuers elsewhere that are not on the list of trusted ones are asked for their keys. Their certificates are not valid here in any case; whoever verifies, which is open to all, makes this service call the address that a certificate names.',
    example: 'false',
  }),
});

/** The settings of the registry together with those of every service. */
export type RegistrySettings = Settings<typeof settings>;
