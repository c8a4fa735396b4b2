import { knownContexts } from '../contexts/known-contexts.ts';
import { ContextUnknown } from '../contexts/load-context.ts';
import type { FindTerms } from './find-terms.ts';
import { ownContext } from './own-context.ts';
import type { OwnTerms } from './own-terms.ts';

/**
 * The terms of their own that contexts stand for, beside those that are on board. As we write them they are one type's, and last: of more,
 * or of others, nobody says here what they mean.
 *
 * @returns undefined where all contexts are on board
 * @throws {ContextUnknown} where one is neither on board nor found, or is not at that address to the letter
 */
export async function termsOf(contexts: readonly string[], find: FindTerms | undefined): Promise<OwnTerms | undefined> {
  const [address, ...others] = contexts.filter((url) => !knownContexts.has(url));
  if (address === undefined) return undefined;
  const terms = others.length === 0 && contexts.at(-1) === address ? await find?.(address) : undefined;
  if (!terms || ownContext(terms).address !== address) {
    throw new ContextUnknown('A context is named that is neither on board nor one of a type that is known');
  }
  return terms;
}
