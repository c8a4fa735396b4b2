import { tenantId } from '@laurel/contracts';
import { z } from 'zod';
import { commaList } from './comma-list.ts';

/** The settings of every service. */
export const baseSettings = z.object({
  LAUREL_ENV: z.enum(['production', 'development', 'embedded', 'test']).default('production').meta({
    description:
      'What kind of installation this is. Only outside of production do crash points and a plain-http issuer work.',
  }),
  HOST: z.string().default('0.0.0.0').meta({ description: 'The address that HTTP listens on.', example: '127.0.0.1' }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).meta({
    description: 'The port that HTTP listens on; 0 takes a free one and logs it.',
    example: '3000',
  }),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').meta({
    description: 'The least severe log line that is written.',
  }),
  DEFAULT_TENANT: tenantId.optional().meta({
    description: 'The tenant of tokens and records that name none, for an installation with a single tenant.',
    example: 'acme',
  }),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: 'The OpenID provider whose access tokens are accepted. Needed as soon as one route is not public.',
      example: 'https://login.example.org/realms/laurel',
    }),
  OIDC_AUDIENCE: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be ASCII without spaces, quotes and backslashes')
    .refine((audience) => audience !== 'laurel-internal', 'laurel-internal is the audience of calls between services')
    .default('laurel')
    .meta({
      description: 'The audience (aud) that an access token must carry. Calls between services use laurel-internal.',
      example: 'laurel',
    }),
  TENANT_CLAIM: z.string().min(1).default('tenant').meta({
    description: 'The claim that holds the tenant id; dots lead into nested claims.',
    example: 'tenant',
  }),
  ROLES_CLAIM: z.string().min(1).default('roles').meta({
    description: 'The claim that holds the roles, as a list or with spaces between them; dots lead into nested claims.',
    example: 'realm_access.roles',
  }),
  TRUSTED_PROXIES: commaList(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .default([])
    .meta({
      description:
        'Addresses and ranges of the proxies before this service, with commas between them: only their X-Forwarded-For tells who calls.',
      example: '10.0.0.0/8',
    }),
  CRASH_POINTS: z.string().default('').meta({
    description:
      'DANGEROUS: named moments at which the process kills or stops itself, for tests. Refused in production.',
    example: 'relay.after-send=kill@3',
  }),
});

/** The base settings after parsing. */
export type BaseSettings = z.output<typeof baseSettings>;
