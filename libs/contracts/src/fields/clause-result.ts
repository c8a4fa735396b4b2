import { z } from 'zod';
import { printable } from '../identifiers/printable.ts';

/** What one clause of an award's criteria came to. Holds facts of the enrolment, never personal data. */
export const clauseResult = z.object({
  clause: printable(200).meta({ description: 'Where it stands in the criteria: `score.final >= 60`' }),
  holds: z.boolean(),
  reason: printable(500).meta({ description: 'A sentence: `the best score is 41 %, below 60 %`' }),
});

/** The outcome of one clause. */
export type ClauseResult = z.output<typeof clauseResult>;
