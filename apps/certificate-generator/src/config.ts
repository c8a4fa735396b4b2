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
