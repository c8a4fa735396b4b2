import { internalHttpSettings } from '@laurel/service-kit';
import { z } from 'zod';

/** What this service needs beside the settings of every service. */
export const settings = z.object({
  ...internalHttpSettings.shape,
  GENERATOR_URL: z.url({ protocol: /^https?$/ }).meta({
    description:
      'The internal address of certificate-generator, which checks what the credentials of an award would say.',
    example: 'http://certificate-generator:3000',
  }),
});

/** The settings after parsing. */
export type LmsSettings = z.output<typeof settings>;
