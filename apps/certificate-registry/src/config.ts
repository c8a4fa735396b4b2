import { internalHttpSettings, type Settings } from '@laurel/service-kit';
import { z } from 'zod';

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
});

/** The settings of the registry together with those of every service. */
export type RegistrySettings = Settings<typeof settings>;
