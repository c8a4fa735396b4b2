import { certificateStates } from '@laurel/certificates';
import { z } from 'zod';
import { changeKinds } from '../certificates/change-kind.ts';
import { changeFilter } from './change-filter.ts';
import { changeResults } from './change-result.ts';

const instant = z.iso.datetime();

/** A job as this API shows it, with a page of what became of its certificates. */
export const changeJobView = z
  .object({
    jobId: z.uuid(),
    change: z.enum(changeKinds),
    state: z.enum(['running', 'done', 'failed']).meta({
      description: '`failed`: it was given up, and `failure` says why; what is changed until then stays changed',
    }),
    dryRun: z.boolean(),
    reason: z.string().optional(),
    until: instant.optional(),
    filter: changeFilter.optional().meta({ description: 'Left out where a file named the certificates' }),
    createdAt: instant,
    finishedAt: instant.optional(),
    failure: z.string().optional(),
    counts: z.object({
      matched: z.int().meta({ description: 'Certificates that are meant; it grows while the filter is resolved' }),
      changed: z.int().meta({ description: 'Of a dry run: those that would be changed' }),
      already: z.int().meta({ description: 'Those that were so before' }),
      blocked: z.int().meta({ description: 'Those whose state does not allow it' }),
      failed: z
        .int()
        .meta({ description: 'Those that ran into an error of their own; the others were changed without them' }),
    }),
    items: z.array(
      z.object({
        certificateId: z.uuid(),
        line: z.int().optional().meta({ description: 'Where it stands in the file' }),
        result: z.enum(changeResults).optional().meta({ description: 'Left out until its turn came' }),
        state: z.enum(certificateStates).optional().meta({ description: 'In which it is then, or was found' }),
        reason: z.string().optional().meta({ description: 'Why it is blocked or has failed, and what can be done' }),
      }),
    ),
    next: z.string().optional().meta({ description: 'The cursor of the next page; left out on the last' }),
  })
  .meta({ id: 'ChangeJob' });

/** A job as this API shows it, with a page of what became of its certificates. */
export type ChangeJobView = z.output<typeof changeJobView>;
