import jsonld from 'jsonld';
import { contextLoader } from '../terms/context-loader.ts';
import type { OwnTerms } from '../terms/own-terms.ts';

/**
 * The canonical N-Quads (RDFC-1.0) of a JSON-LD document by the library: what every other way is held against. In safe mode,
 * so it throws for a member that no context defines, which would otherwise stand in the document unsigned.
 *
 * @param terms whose context the document may name beside those that are on board
 */
export function libraryForm(document: object, terms?: OwnTerms): Promise<string> {
  return jsonld.canonize(document, { algorithm: 'RDFC-1.0', safe: true, documentLoader: contextLoader(terms) });
}
