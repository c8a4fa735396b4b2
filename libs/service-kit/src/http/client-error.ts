import type { ProblemDetails } from '../problems/problem.ts';

/** The answer to a request that Node's HTTP parser gave up on, by the parser's error code. */
export function clientError(code: string | undefined): { status: number; details: ProblemDetails } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, details: { code: 'request-timeout', detail: 'The request did not arrive in time.' } };
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        details: { code: 'headers-too-large', detail: 'The headers are larger than 16 KB together.' },
      };
    default:
      return { status: 400, details: { code: 'malformed-request', detail: 'This is not a valid HTTP request.' } };
  }
}
