import type { FastifyRequest } from 'fastify';
import { requestCaller } from '../auth/request-caller.ts';
import { validationProblem } from '../problems/validation-problem.ts';
import type { IdempotentRequest } from './idempotent-request.ts';
import { requestHash } from './request-hash.ts';

const header = 'idempotency-key';
// The IETF draft (draft-ietf-httpapi-idempotency-key-header) writes the key in quotes; most clients write it without.
const layout = /^("?)([\x21\x23-\x7e]{1,200})\1$/;

/** Reads what {@link Idempotency} needs of a request. Throws 400 when the key is not 1 to 200 printable ASCII characters. */
export function readIdempotentRequest(request: FastifyRequest): IdempotentRequest {
  const given = request.headers[header];
  const [, , key] = typeof given === 'string' ? (layout.exec(given) ?? []) : [];
  if (given !== undefined && key === undefined) {
    const detail = 'must be 1 to 200 printable ASCII characters without spaces, such as a UUID';
    throw validationProblem([{ in: 'header', name: 'Idempotency-Key', pointer: '', code: 'invalid', detail }]);
  }
  return {
    tenantId: requestCaller.of(request.raw)?.tenantId ?? '',
    route: `${request.method} ${request.routeOptions.url}`,
    key,
    hash: requestHash(request.url, request.body),
  };
}
