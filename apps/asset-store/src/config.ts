import { internalHttpSettings } from '@laurel/service-kit';
import { z } from 'zod';

/** What this service needs beside the settings of every service. */
export const settings = z.object({
  ...internalHttpSettings.shape,
  OBJECT_STORE_URL: z.string().min(1).meta({
    description: 'Where images and templates are kept: a folder, or a bucket of a server that speaks S3.',
    example: 's3://KEY:SECRET@objects.example.org:443/laurel?tls=true&region=eu-central-1',
    secret: true,
  }),
  GENERATOR_URL: z.url({ protocol: /^https?$/ }).meta({
    description: 'The internal address of certificate-generator, which checks and previews templates.',
    example: 'http://certificate-generator:3000',
  }),
});

/** The settings after parsing. */
export type AssetStoreSettings = z.output<typeof settings>;
