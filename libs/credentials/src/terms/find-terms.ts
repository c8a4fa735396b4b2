import type { OwnTerms } from './own-terms.ts';

/**
 * Looks up whose terms are defined by the context at an address, which a stranger may have written; nothing for an address that is none
 * of ours, or of a type that is not known. What it throws is thrown by whoever verifies.
 */
export type FindTerms = (address: string) => Promise<OwnTerms | undefined>;
