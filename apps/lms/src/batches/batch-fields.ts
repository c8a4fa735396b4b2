import { plainText, timeZone } from '@laurel/contracts';
import { z } from 'zod';

const date = z.iso.date('must be a date like 2026-03-31');

/** The members of a batch that its maker chooses and may change. */
export const batchFields = {
  name: plainText(200),
  timeZone: timeZone.meta({ description: 'In which its dates begin and end, and are printed' }),
  startsOn: date.meta({ description: 'The first day' }),
  endsOn: date.meta({ description: 'The last day' }),
  enrolment: z.enum(['open', 'invite-only']),
};
