import { z } from 'zod';

/** The schema of a report with these verdicts, for the OpenAPI document. */
export function csvReportSchema<Verdict extends string>(verdicts: readonly [Verdict, ...Verdict[]]) {
  return z.object({
    rows: z.array(
      z.object({
        line: z.int().meta({ description: 'Where the row begins; the header stands in line 1' }),
        learnerId: z.string(),
        verdict: z.enum(verdicts),
        field: z.string().optional().meta({ description: 'The column that is wrong' }),
        reason: z.string().optional().meta({ description: 'What is wrong and what would be right' }),
      }),
    ),
    summary: z.object(Object.fromEntries(verdicts.map((verdict) => [verdict, z.int()]))),
  });
}
