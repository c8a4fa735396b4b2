import { z } from 'zod';
import { personal } from '../catalogue/personal.ts';
import { externalId } from '../identifiers/external-id.ts';
import { personName } from '../identifiers/person-name.ts';

/** The recipient as events about an issued certificate tell them. */
export const namedRecipient = z.object({ learnerId: externalId, name: personal(personName) });
