import { instant } from '@laurel/contracts';
import { z } from 'zod';

/** Clocks of other systems may go ahead by so much. */
const leeway = 300_000;

/** The members of a completion that its reporter says. */
export const completionFields = {
  completedAt: instant.refine((at) => Date.parse(at) <= Date.now() + leeway, 'must not lie in the future'),
  score: z.number().min(0, 'must be from 0 to 100').max(100, 'must be from 0 to 100'),
};
