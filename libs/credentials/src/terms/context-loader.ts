import { type LoadedContext, loadContext } from '../contexts/load-context.ts';
import { ownContext } from './own-context.ts';
import type { OwnTerms } from './own-terms.ts';

/**
 * The document loader for a credential: what is on board, and beside it the one context of these terms, made here. Nothing is fetched.
 *
 * It is not marked as static, for jsonld would keep it under its address for every later document, also for one that was given other
 * terms or none; by its content jsonld keeps it anyhow.
 */
export function contextLoader(terms: OwnTerms | undefined): (url: string) => Promise<LoadedContext> {
  if (!terms) return loadContext;
  const { address, document } = ownContext(terms);
  return (url) =>
    url === address ? Promise.resolve({ contextUrl: null, documentUrl: url, document }) : loadContext(url);
}
