import { occasionKey, stableUuid } from '@laurel/contracts';
import type { Batch, ReadAward } from '../batches/batch.ts';
import type { Standing } from '../standings/standing.ts';
import { occasionOf } from './occasion-of.ts';

/** The id of the first and only request for an occasion: the same whoever makes it, and whenever. */
export function requestIdOf(standing: Standing, batch: Batch, award: ReadAward): string {
  const { tenantId } = standing;
  const key = occasionKey(tenantId, award.credentialType.id, occasionOf(standing, batch, award));
  return stableUuid(tenantId, 'request', key, 'first');
}
