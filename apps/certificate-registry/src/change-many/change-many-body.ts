import { instant, plainText } from '@laurel/contracts';
import { z } from 'zod';
import { changeKinds } from '../certificates/change-kind.ts';
import { changeFilter } from './change-filter.ts';

/** What a caller says to a change of many certificates. */
export const changeManyBody = z
  .object({
    change: z.enum(changeKinds),
    reason: plainText(500).meta({ description: 'Told to whoever verifies: no personal data' }),
    until: instant.optional().meta({ description: 'Of a suspension alone: when it ends by itself, in the future' }),
    dryRun: z.boolean().default(false).meta({ description: 'Tells what would become of each, and changes nothing' }),
    filter: changeFilter,
  })
  .strict()
  .meta({ id: 'ChangeOfMany' });

/** What a caller says to a change of many certificates. */
export type ChangeManyBody = z.output<typeof changeManyBody>;
