import { knownContexts } from './known-contexts.ts';

/** A context as JSON-LD processors take it. */
export interface LoadedContext {
  readonly contextUrl: null;
  readonly documentUrl: string;
  readonly document: object;
  /** Tells jsonld that it never changes; without, it would be processed anew each time. */
  readonly tag?: 'static';
}

/** Thrown when a document asks for a context that is not on board: nothing is ever fetched to sign or to verify. */
export class ContextUnknown extends Error {
  override readonly name = 'ContextUnknown';
}

/**
 * The document loader of all our JSON-LD: it knows the contexts that are installed with us.
 *
 * @throws {ContextUnknown} for every other URL
 */
export function loadContext(url: string): Promise<LoadedContext> {
  const document = knownContexts.get(url);
  if (!document) {
    const allowed = [...knownContexts.keys()].join(', ');
    return Promise.reject(new ContextUnknown(`A context is asked for that is not one of ours: use ${allowed}`));
  }
  return Promise.resolve({ contextUrl: null, documentUrl: url, document, tag: 'static' });
}
