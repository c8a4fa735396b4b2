import { z } from 'zod';

const refusal = z.object({
  reason: z.string().meta({ description: '`does-not-fit`, `refused`, `crashed` or `timeout`' }),
  detail: z.string().meta({ description: 'The cause and what mends it' }),
});

const sample = z
  .object({
    name: z.string().meta({ description: 'How it is asked for: `long`, `arabic`' }),
    language: z.string(),
    recipient: z.string().meta({ description: 'Whose certificate it is' }),
    pdf: z.string().optional().meta({ description: 'The path of the file; left out where it cannot be printed' }),
    png: z.string().optional(),
    refusal: refusal.optional().meta({ description: 'Why it cannot be printed' }),
  })
  .meta({ id: 'TemplateSample' });

const list = z.object({ items: z.array(sample) }).meta({ id: 'TemplateSamples' });

/** How samples are answered. */
export const sampleView = { refusal, list };

/** The samples of a version as they are answered. */
export type SampleList = z.output<typeof list>;
/** Why a sample could not be rendered. */
export type SampleRefusal = z.output<typeof refusal>;
