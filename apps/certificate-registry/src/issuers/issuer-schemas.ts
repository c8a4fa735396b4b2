import { plainText, webLink } from '@laurel/contracts';
import { z } from 'zod';

const url = webLink.max(2_000).meta({ description: 'The web site of the issuer; it stands on the verify page' });
const image = webLink.max(2_000).meta({ description: 'The address of its logo; wallets show it' });

/** What an issuer is made of, changed by, and shown as. */
export const issuerSchemas = {
  created: z
    .object({
      id: z.uuid().optional().meta({ description: 'A UUID of your choice; made if left out' }),
      name: plainText(200),
      url,
      image: image.optional(),
    })
    .strict()
    .meta({ id: 'NewIssuer' }),
  changed: z
    .object({
      name: plainText(200).optional(),
      url: url.optional(),
      image: image.nullable().optional().meta({ description: '`null` takes it away' }),
    })
    .strict()
    .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change name, url or image')
    .meta({ id: 'IssuerChange' }),
  shown: z
    .object({
      id: z.uuid(),
      name: z.string(),
      url: z.string(),
      image: z.string().optional(),
      did: z.string().meta({ description: 'A did:web, whose document this service serves' }),
      version: z.int(),
      createdAt: z.iso.datetime(),
    })
    .meta({ id: 'Issuer' }),
};

/** An issuer as this API shows it. */
export type Issuer = z.output<(typeof issuerSchemas)['shown']>;
