import { plainText, publicData, timeZone } from '@laurel/contracts';
import { z } from 'zod';

/** A tenant as its operator writes it. */
export const tenantSchema = z
  .strictObject({
    name: plainText(200),
    timeZone: timeZone.meta({ description: 'Of batches that name none: Asia/Kolkata' }),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 tag like en or pt-BR'))
      .min(1)
      .max(20)
      .meta({ description: 'BCP 47 tags, the usual one first' }),
    publicData: publicData
      .strict()
      .refine(({ recipientName, results, documents }) => !documents || (recipientName === 'full' && results), {
        path: ['documents'],
        message: 'must be false, for the documents hold the full name and all results',
      })
      .default({ recipientName: 'full', results: true, documents: true })
      .meta({ description: 'What is shown of learners to whoever has the address of a certificate' }),
  })
  .meta({ id: 'TenantProfile' });

/** What an operator says of a tenant. */
export type TenantProfile = z.output<typeof tenantSchema>;
