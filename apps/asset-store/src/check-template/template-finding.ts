import { z } from 'zod';

const rule = z.string().meta({ description: 'Stable, for programs: `script`' });

/** One thing that is to be said of a design, and where it stands. */
export const templateFinding = z.object({
  line: z.int().min(0).meta({ description: 'From 1' }),
  column: z.int().min(0),
  rule,
  level: z
    .enum(['error', 'advice'])
    .default('error')
    .meta({ description: 'An error cannot stay; an advice may be what its maker meant' }),
  reason: z.string(),
  advice: z.string().meta({ description: 'What to do' }),
});

/** A finding after parsing. */
export type TemplateFinding = z.output<typeof templateFinding>;
