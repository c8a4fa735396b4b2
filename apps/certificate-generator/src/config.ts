import { z } from 'zod';

/** The generator's own settings. */
export const settings = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({
      description:
        "The registry's public address. It stands in every QR code and credential, so it must stay reachable for as long as certificates are checked.",
      example: 'https://certificates.example.org',
    }),
  OBJECT_STORE_URL: z.string().min(1).meta({
    description:
      'Where templates and images are read and certificates are kept: file:///folder or s3://KEY:SECRET@host:port/bucket.',
    example: 'file:///var/lib/laurel/objects',
    secret: true,
  }),
  MASTER_KEY_FILE: z.string().min(1).meta({
    description:
      "The file with the master key that seals the issuers' private keys: 32 bytes, raw or in hexadecimal digits or base64, readable by its owner alone.",
    example: '/run/secrets/laurel-master-key',
  }),
  TOKEN_ALGORITHM: z.enum(['ES256', 'RS256']).default('ES256').meta({
    description:
      'What VC-JWTs are signed with. RS256 costs six times the processor; choose it where a verifier knows nothing else. Keys of the other kind are succeeded.',
    example: 'ES256',
  }),
  KEY_LIFETIME_DAYS: z.coerce.number().int().min(1).max(3_650).default(365).meta({
    description:
      'For how many days a key of an issuer signs before the next one takes over. What it signed still verifies.',
    example: '365',
  }),
  KEY_OVERLAP_MINUTES: z.coerce.number().int().min(0).max(43_200).default(60).meta({
    description:
      'For how many minutes the next key of an issuer is published before it signs, so that whoever keeps key sets has it in time.',
    example: '60',
  }),
  BROWSER_PATH: z.string().min(1).meta({
    description: 'The file of the Chromium that prints.',
    example: '/opt/chromium/chrome-headless-shell',
  }),
  LANES: z
    .string()
    .default('interactive,bulk')
    .transform((text) => (text === 'none' ? [] : text.split(',').map((name) => name.trim())))
    .pipe(z.array(z.enum(['interactive', 'bulk'])))
    .meta({
      description:
        'Which requests this process takes: interactive ones, for whom somebody waits, bulk ones, both, or none. One without a lane still previews templates.',
      example: 'interactive,bulk',
    }),
  BROWSER_NO_SANDBOX: z.enum(['true', 'false']).default('false').meta({
    description:
      'DANGEROUS: runs the browser without its sandbox, for a host that gives no user namespaces. A flaw of the browser is then a flaw of the host.',
    example: 'false',
  }),
});
