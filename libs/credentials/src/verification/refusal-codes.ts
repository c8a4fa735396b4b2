/**
 * Why something that was presented is refused: codes for programs, with what each means. They are part of the API: a code
 * may be added, and never changes its name or its meaning.
 */
export const refusalCodes = {
  // unreadable, by what the token is
  'too-long': 'the token is longer than is verified',
  'not-a-token': 'not three parts with dots between them',
  'not-base64url': 'a part is not base64url in its canonical form',
  'not-json': 'header or payload is no JSON in UTF-8',
  'duplicate-member': 'header or payload names a member twice, or one that is reserved',
  'too-deep': 'header or payload nests too deep',
  'header-member': 'the header has members other than alg, kid and typ (as jwk, jku, x5u, crit)',
  algorithm: 'the header names another algorithm than ES256',
  'key-id': 'the header names no key, or one that is no key id',
  'token-type': 'the header names another type than JWT or vc+jwt',
  'not-a-credential': 'the payload is no Open Badges 3.0 credential as Laurel issues them',
  'embedded-proof': 'the proof stands in the JSON; only the JWT form is verified so far',
  // unreadable, by the document that holds it
  'cut-off': 'the file ends before it is complete',
  'not-as-issued': 'the file is no PDF or PNG as Laurel writes them, or another program has saved it since',
  'no-credential': 'the file holds no credential',
  'several-credentials': 'the file holds more than one credential',
  compressed: 'the credential in the file is compressed; nothing is inflated',
  'no-such-certificate': 'the address is one of ours, and no certificate was issued under it',
  // tampered
  'foreign-key': 'the key that is named is not one of the issuer that is named',
  'signature-mismatch': 'the key is known, and its signature does not fit the content',
  'claim-mismatch': 'a registered claim disagrees with the credential',
  // unknown-issuer
  'unknown-key': 'the issuer, or the key of it, is not known here',
  // status-unknown
  'foreign-address': 'the address is not one of ours; nothing is ever fetched from it',
} as const;

/** Why something that was presented is refused. */
export type RefusalCode = keyof typeof refusalCodes;
