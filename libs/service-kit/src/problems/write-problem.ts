import { STATUS_CODES } from 'node:http';
import type { ProblemDetails } from './problem.ts';
import type { ProblemDocument } from './problem-document.ts';

/** Writes the document of one problem. */
export function writeProblem(status: number, details: ProblemDetails, traceId: string | undefined): ProblemDocument {
  return {
    type: `urn:laurel:problem:${details.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: details.detail,
    ...(details.errors ? { errors: [...details.errors] } : {}),
    ...(traceId === undefined ? {} : { traceId }),
  };
}
