import { printable } from './printable.ts';

/**
 * An id of its maker (a batch, a learner): 1-128 printable characters. It may be an e-mail address, so outside of rows
 * and payloads it stands only as {@link stableUuid}.
 */
export const externalId = printable(128);
