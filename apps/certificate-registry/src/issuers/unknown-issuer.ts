import type { FieldError } from '@laurel/service-kit';

/** The error of a body whose `issuerId` leads to nobody. */
export const unknownIssuer: FieldError = {
  in: 'body',
  pointer: '/issuerId',
  code: 'unknown-issuer',
  detail: 'names no issuer of this tenant; GET /v1/issuers lists them, POST /v1/issuers makes one',
};
