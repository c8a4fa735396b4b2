import { plainText } from '@laurel/contracts';
import { z } from 'zod';

/** `did:web:…`, `did:key:…`, or the origin of an https address, in its one way to write it. */
const issuer = z
  .string()
  .max(500)
  .refine(
    (text) => /^did:(web|key):[A-Za-z0-9._~%:+-]+$/.test(text) || isOrigin(text),
    'must be a did:web, a did:key, or an origin such as https://issuer.example, without a path',
  );

/** What the list of trusted issuers is made of, and shown as. */
export const trustedIssuerSchemas = {
  kept: z
    .object({
      issuer: issuer.meta({
        description:
          'A DID, which is compared to the letter; or an https origin, which stands for every issuer whose keys are served there',
      }),
      name: plainText(200).meta({ description: 'By which people here know the issuer' }),
      note: plainText(2_000).optional().meta({ description: 'Why it is trusted, for whoever looks after the list' }),
    })
    .strict()
    .meta({ id: 'NewTrustedIssuer' }),
  named: z.object({ issuer }),
  shown: z
    .object({
      issuer: z.string(),
      name: z.string(),
      note: z.string().optional(),
      actor: z.string().meta({ description: 'Who wrote it last' }),
      changedAt: z.iso.datetime(),
    })
    .meta({ id: 'TrustedIssuer' }),
};

/** An issuer elsewhere that is trusted here, as this API shows it. */
export type TrustedIssuer = z.output<(typeof trustedIssuerSchemas)['shown']>;

function isOrigin(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text) && new URL(text).origin === text;
}
