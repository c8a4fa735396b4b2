import { award } from '@laurel/contracts';
import { z } from 'zod';

/** An award as it is answered. */
export const awardSchema = award
  .extend({ criteria: z.unknown().meta({ description: 'The rule' }) })
  .meta({ id: 'Award' });
