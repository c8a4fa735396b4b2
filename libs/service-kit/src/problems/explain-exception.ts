import { classifyError } from '@laurel/messaging';
import { HttpException } from '@nestjs/common';
import { ServiceUnavailable } from '../internal/service-unavailable.ts';
import { Problem, type ProblemDetails } from './problem.ts';

/** The answer to an exception. */
export interface Explained {
  readonly status: number;
  readonly details: ProblemDetails;
  /** Nobody foresaw it: it has to be logged as an error, and the caller learns nothing of it. */
  readonly unexpected: boolean;
}

/** Fastify's own errors (their codes: https://fastify.dev/docs/latest/Reference/Errors/). Its texts may quote the request. */
const fastifyDetails: Readonly<Record<string, ProblemDetails>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'empty-body',
    detail: 'The body is empty; send a JSON document, or no content-type.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'malformed-json',
    detail:
      'The body is not valid JSON, or has a key that JSON bodies may not have (__proto__, constructor.prototype).',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'content-length',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail: 'This route does not read the body’s media type; send application/json in UTF-8.',
  },
  FST_ERR_BAD_URL: { code: 'malformed-url', detail: 'The path has a % that no two hexadecimal digits follow.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'path-too-long', detail: 'A part of the path is longer than any id can be.' },
};

/** Finds the answer to whatever was thrown. `bodyLimit` (bytes) is what the 413 names. */
export function explainException(exception: unknown, bodyLimit: number | undefined): Explained {
  if (exception instanceof Problem) {
    return {
      status: exception.getStatus(),
      details: exception.details,
      unexpected: exception.getStatus() >= 500 && exception.cause !== undefined,
    };
  }
  if (isFastifyError(exception)) {
    const { code, statusCode } = exception;
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const limit =
        bodyLimit === undefined ? 'this route allows' : `${bodyLimit} bytes, the most that this route reads`;
      return expected(413, { code: 'body-too-large', detail: `The body is larger than ${limit}.` });
    }
    const details = fastifyDetails[code];
    if (details) return expected(statusCode, details);
    if (statusCode < 500) return expected(statusCode, { code: 'bad-request', detail: 'The request cannot be read.' });
  }
  if (exception instanceof HttpException && exception.getStatus() < 500) {
    const status = exception.getStatus();
    // Nest's own sentence quotes the path, and a path may hold an id that is an address.
    const isRoute = status === 404 && exception.message.startsWith('Cannot ');
    return expected(status, {
      code: status === 404 ? 'not-found' : `http-${status}`,
      detail: isRoute
        ? 'There is no such route; GET /openapi.json lists all of them with their methods.'
        : exception.message,
    });
  }
  if (exception instanceof ServiceUnavailable) {
    const detail = `This needs ${exception.service}, which does not answer; try again in a moment.`;
    const headers = { 'retry-after': String(exception.retryAfter) };
    return { status: 503, details: { code: 'service-unavailable', detail, headers }, unexpected: true };
  }
  // An outage is over at some time; a 500 would tell the caller that repeating is useless.
  if (exception instanceof Error && classifyError(exception).class === 'transient') {
    const detail = 'Something that this needs does not answer; try again in a moment.';
    return {
      status: 503,
      details: { code: 'dependency-unavailable', detail, headers: { 'retry-after': '1' } },
      unexpected: true,
    };
  }
  const details = { code: 'internal', detail: 'Something failed here; the trace id names this request in the logs.' };
  return { status: 500, details, unexpected: true };
}

function expected(status: number, details: ProblemDetails): Explained {
  return { status, details, unexpected: false };
}

function isFastifyError(error: unknown): error is Error & { code: string; statusCode: number } {
  if (!(error instanceof Error)) return false;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number';
}
