import type { Reason } from '@laurel/certificates';

/** The reason that stands beside every verdict on what is genuine. */
export function signedBy(issuer: string): Reason {
  return { code: 'signature-holds', message: `It is signed by ${issuer}, and nothing in it was changed.` };
}
