/**
 * Why something that was presented is refused: codes for programs, with what each means. They are part of the API: a code
 * may be added, and never changes its name or its meaning.
 */
export const refusalCodes = {
  // unreadable, by what the token or the JSON is
  'too-long': 'the token or the JSON is longer than is verified',
  'not-a-token': 'not three parts with dots between them, and no JSON object',
  'not-base64url': 'a part is not base64url in its canonical form',
  'not-json': 'header, payload or document is no JSON in UTF-8',
  'duplicate-member': 'header, payload or document names a member twice, or one that is reserved',
  'too-deep': 'header, payload or document nests too deep',
  'header-member':
    'the header has members other than alg, kid and typ (as jku, x5u, crit); of other issuers jwk and cty are passed over',
  algorithm: 'the header names an algorithm that is not verified: ES256 and RS256 are, and EdDSA of other issuers',
  'key-id': 'the header names no key, or one that is no key id',
  'token-type': 'the header names another type than JWT or vc+jwt',
  audience: 'the token is addressed to somebody (aud), as no certificate is',
  'not-a-credential':
    'it is no Verifiable Credential 2.0; under the name of an issuer of ours, none as Laurel issues them',
  // unreadable, by the JSON with its proof inside
  'no-proof': 'the JSON holds no eddsa-rdfc-2022 proof for assertionMethod in its plain form, or more than four',
  'unknown-context': 'the JSON builds on a context that is not on board; none is ever fetched',
  'inner-context': 'a part of the JSON has a context of its own',
  'undefined-member': 'the JSON has members that its contexts do not define, so no proof covers them',
  'ambiguous-member':
    'the JSON has a member that two readers could read in two ways: null, an empty list, a number in place of a text, half a ' +
    'character, a name that is a keyword or an address, an id that means nothing elsewhere',
  'too-large': 'the JSON has more members or types than are verified: 1,000 and 200',
  // unreadable, by the document that holds it
  'cut-off': 'the file ends before it is complete',
  'not-as-issued': 'the file is no PDF or PNG as Laurel writes them, or another program has saved it since',
  'no-credential': 'the file holds no credential',
  'several-credentials': 'the file holds more than one credential',
  compressed: 'the credential in the file is compressed; nothing is inflated',
  'no-such-certificate': 'the address is one of ours, and no certificate was issued under it',
  // tampered
  'foreign-key': 'the key that is named is not one of the issuer that is named',
  'key-purpose': 'the key that is named makes no signatures of this kind',
  'signature-mismatch': 'the key is known, and its signature does not fit the content',
  'claim-mismatch': 'a registered claim disagrees with the credential',
  'compromised-key': 'the key was stolen, and this is no certificate that was stored before',
  'key-not-authorised': 'the issuer does not let this key sign certificates, or has revoked it',
  'key-expired': 'the key has expired',
  // unknown-issuer
  'unknown-key': 'the issuer, or the key of it, is not known here',
  'issuer-not-listed': 'the issuer is not on the list of trusted issuers, and only those are asked for their keys',
  'issuer-not-found': 'where the keys of the issuer should be, there is nothing',
  'issuer-not-supported': 'the issuer is named in a way that leads to no keys: did:web, did:key and https do',
  'issuer-document-invalid': 'where the keys of the issuer should be, there is no document of that issuer',
  'weak-key': 'the key of the issuer is too short, too long or no key',
  // status-unknown
  'foreign-address': 'the address is not one of ours; nothing is ever fetched from it',
  'issuer-unreachable': 'the keys of the issuer could not be fetched now',
  'status-list-unreachable': 'the list of what the issuer has revoked could not be fetched now',
  'status-list-foreign': 'the list of what was revoked is signed by somebody else than the issuer',
  'status-list-tampered': 'the signature of the list of what was revoked does not hold',
  'status-list-expired': 'the list of what was revoked has expired, or does not hold yet',
  'status-list-purpose': 'the list of what was revoked is kept for another purpose than the credential says',
  'status-list-too-large': 'the list of what was revoked is larger than is read',
  'status-list-invalid': 'the list of what was revoked is none',
  'status-index': 'the place of the credential in the list of what was revoked does not exist',
  'status-method-unknown': 'the credential tells of its state in a way that is not known here',
} as const;

/** Why something that was presented is refused. */
export type RefusalCode = keyof typeof refusalCodes;
