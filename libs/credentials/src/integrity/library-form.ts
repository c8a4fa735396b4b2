import jsonld from 'jsonld';
import { loadContext } from '../contexts/load-context.ts';

/**
 * The canonical N-Quads (RDFC-1.0) of a JSON-LD document by the library: what every other way is held against. In safe mode,
 * so it throws for a member that no context defines, which would otherwise stand in the document unsigned.
 */
export function libraryForm(document: object): Promise<string> {
  return jsonld.canonize(document, { algorithm: 'RDFC-1.0', safe: true, documentLoader: loadContext });
}
