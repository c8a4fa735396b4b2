import { commaList } from '@laurel/service-kit';
import { z } from 'zod';

const hostAndPort = z.string().regex(/^(\[[0-9a-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/, 'each must be host:port');
const seconds = z.string().regex(/^\d+(\.\d+)?$/, 'each must be a number of seconds');

/** The settings of this service's own. */
export const settings = z.object({
  SECRETS_KEY_FILE: z.string().min(1).meta({
    description:
      'A file with the key that encrypts the signing secrets of endpoints: 32 random bytes in base64 (head -c 32 /dev/urandom | base64).',
    example: '/run/secrets/webhook-secrets.key',
  }),
  OUTBOUND_ALLOW: commaList(hostAndPort).default([]).meta({
    description:
      'DANGEROUS: addresses that webhooks may reach although they are not public, as host:port; for development.',
    example: '127.0.0.1:8080',
  }),
  OUTBOUND_HTTPS_ONLY: z.stringbool().default(true).meta({
    description: 'Whether endpoints must use https. What OUTBOUND_ALLOW names may always use http.',
    example: 'true',
  }),
  RETRY_SCHEDULE: commaList(seconds)
    .transform((steps) => steps.map((step) => Number(step) * 1_000))
    .refine((steps) => steps.length > 0 && steps.length <= 20, 'must name 1 to 20 steps')
    .prefault('5,300,1800,7200,18000,36000,36000')
    .meta({
      description:
        'Seconds between the attempts of a delivery, with commas; up to a fifth is added at random. After the last step it has failed.',
      example: '5,300,1800,7200,18000,36000,36000',
    }),
  SENDS_IN_FLIGHT: z.coerce.number().int().min(1).max(10_000).default(1_000).meta({
    description: 'How many requests to endpoints one process has under way at most.',
    example: '1000',
  }),
});
