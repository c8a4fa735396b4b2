import type { FindKey, FoundKey } from '../verification/find-key.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';
import { didWebAddress } from './did-web-address.ts';
import type { FetchText } from './fetch-text.ts';
import { jwkOfMultikey } from './jwk-of-multikey.ts';
import { keyOfDidDocument } from './key-of-did-document.ts';
import { keyOfKeySet } from './key-of-key-set.ts';
import { readJson } from './read-json.ts';

/**
 * Finds keys of issuers elsewhere: of a did:web in its document, of a did:key in its name, of an issuer that is an https URL at the
 * address that its token names, if that has the same origin. An outage is never told as a fault of the credential.
 */
export function foreignKeys(fetch: FetchText, now: Date): FindKey {
  return async (kid, issuer) => {
    if (issuer.startsWith('did:key:')) return keyOfDidKey(kid, issuer);
    const address = issuer.startsWith('did:web:') ? didWebAddress(issuer) : addressOfKey(kid, issuer);
    if (address === undefined) {
      return refuse(
        'unknown-issuer',
        'issuer-not-supported',
        'its issuer is named in a way that leads to no keys here',
      );
    }
    const answer = await fetch(address);
    if (answer.ok) {
      const document = readJson(answer.text);
      return issuer.startsWith('did:web:') ? keyOfDidDocument(document, issuer, kid, now) : keyOfKeySet(document, kid);
    }
    switch (answer.why) {
      case 'missing':
        return refuse('unknown-issuer', 'issuer-not-found', 'where the keys of its issuer should be, there is nothing');
      case 'too-large':
        return refuse('unknown-issuer', 'issuer-document-invalid', 'what its issuer publishes is larger than is read');
      case 'unreachable':
        return refuse('status-unknown', 'issuer-unreachable', 'the keys of its issuer could not be fetched now');
    }
  };
}

/** did:key, section 3: the name is the key, and has one. */
function keyOfDidKey(kid: string, did: string): FoundKey | Refusal | undefined {
  const multikey = did.slice('did:key:'.length);
  if (kid !== `${did}#${multikey}`) return undefined;
  const publicJwk = jwkOfMultikey(multikey);
  return publicJwk
    ? { publicJwk }
    : refuse('unknown-issuer', 'issuer-not-supported', 'its issuer is a key of a kind that is not known here');
}

function addressOfKey(kid: string, issuer: string): string | undefined {
  if (!URL.canParse(kid) || !URL.canParse(issuer)) return undefined;
  const [key, owner] = [new URL(kid), new URL(issuer)];
  // A key elsewhere could be anybody's.
  if (!/^https?:$/.test(owner.protocol) || key.origin !== owner.origin) return undefined;
  key.hash = '';
  return key.href;
}
