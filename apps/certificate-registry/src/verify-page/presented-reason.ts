import type { RefusalCode } from '@laurel/credentials';

/** What is told of something that was presented, where programs are told it more exactly. */
export type PresentedReason = (typeof reasonOf)[keyof typeof reasonOf] | 'revoked-once' | 'suspended-once';

const reasonOf = {
  'too-long': 'too-large',
  'not-a-token': 'no-certificate',
  'not-base64url': 'no-certificate',
  'not-json': 'no-certificate',
  'duplicate-member': 'not-understood',
  'too-deep': 'not-understood',
  'header-member': 'not-understood',
  algorithm: 'not-understood',
  'key-id': 'not-understood',
  'token-type': 'not-understood',
  audience: 'not-understood',
  'not-a-credential': 'no-certificate',
  'no-proof': 'no-certificate',
  'unknown-context': 'not-understood',
  'inner-context': 'not-understood',
  'undefined-member': 'not-understood',
  'ambiguous-member': 'not-understood',
  'too-large': 'too-large',
  'cut-off': 'cut-off',
  'not-as-issued': 'not-as-issued',
  'no-credential': 'no-certificate',
  'several-credentials': 'several',
  compressed: 'not-as-issued',
  'no-such-certificate': 'no-such-certificate',
  'foreign-key': 'wrong-key',
  'key-purpose': 'wrong-key',
  'signature-mismatch': 'altered',
  'claim-mismatch': 'altered',
  'key-not-authorised': 'wrong-key',
  'key-expired': 'wrong-key',
  'unknown-key': 'no-keys',
  'issuer-not-listed': 'not-listed',
  'issuer-not-trusted': 'not-listed',
  'issuer-not-found': 'no-keys',
  'issuer-not-supported': 'no-keys',
  'issuer-document-invalid': 'no-keys',
  'weak-key': 'no-keys',
  'foreign-address': 'foreign-address',
  'issuer-unreachable': 'unreachable',
  'status-list-unreachable': 'unreachable',
  'status-list-foreign': 'list-unusable',
  'status-list-tampered': 'list-unusable',
  'status-list-expired': 'list-unusable',
  'status-list-purpose': 'list-unusable',
  'status-list-too-large': 'list-unusable',
  'status-list-invalid': 'list-unusable',
  'status-index': 'list-unusable',
  'status-method-unknown': 'list-unusable',
  'no-status': 'no-status',
} as const satisfies Readonly<
  // One that the page tells by a sentence of its own is left out; any other that is missing does not compile.
  Record<Exclude<RefusalCode, 'compromised-key'> | 'issuer-not-trusted' | 'no-status', string>
>;

/** The sentence for a code, of what was presented; undefined for any other. */
export function presentedReason(code: string): PresentedReason | undefined {
  return Object.hasOwn(reasonOf, code) ? reasonOf[code as keyof typeof reasonOf] : undefined;
}
