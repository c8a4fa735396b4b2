import { z } from 'zod';
import { externalId } from '../identifiers/external-id.ts';
import { occasion } from '../identifiers/occasion.ts';
import { printable } from '../identifiers/printable.ts';
import { version } from './version.ts';

/** The members by which every event about one certificate names it. */
export const certificateReference = {
  certificateId: z.uuid(),
  number: printable(64),
  credentialType: z.object({ id: externalId, version }),
  occasion,
  issueNumber: z.number().int().min(1),
  award: z.object({ id: externalId, version }).optional(),
};
