/**
 * The DID of an issuer (did:web, section 2.5.2): its document is served at `<publicUrl>/issuers/<issuerId>/did.json`.
 *
 * @param publicUrl the registry's public address; a port stands in the DID as `%3A`, a path as further parts
 * @throws {TypeError} when it is no http(s) URL
 */
export function didWebOf(publicUrl: string, issuerId: string): string {
  const { protocol, host, pathname } = new URL(publicUrl);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError('The public address must be an http(s) URL');
  const path = pathname.split('/').filter(Boolean);
  return ['did:web', host.replace(':', '%3A'), ...path, 'issuers', issuerId].join(':');
}
