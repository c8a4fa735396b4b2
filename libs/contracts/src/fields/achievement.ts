import { z } from 'zod';
import { printable } from '../identifiers/printable.ts';
import { achievementDetails } from './achievement-details.ts';
import { plainText } from './plain-text.ts';

/** What was achieved, as Open Badges 3.0 wants it told (section B.1.1, Achievement). */
export const achievement = z.object({
  id: printable(512).meta({ description: 'A URI that is the same for everyone who achieves it' }),
  type: printable(64).optional().meta({ description: 'An Open Badges achievement type: Course, Certificate, Award…' }),
  name: plainText(300),
  description: plainText(4_000),
  criteria: plainText(4_000).meta({ description: 'What had to be done for it, in words' }),
  ...achievementDetails,
});
