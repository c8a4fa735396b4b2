import { HttpException } from '@nestjs/common';

/** One wrong field of a request. */
export interface FieldError {
  /** Where it stands. */
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** The parameter's name; left out for the body. */
  readonly name?: string;
  /** JSON Pointer (RFC 6901) into the body or the parameter; empty for all of it. */
  readonly pointer: string;
  /** Stable, for programs: `missing`, `unknown`, or zod's code. */
  readonly code: string;
  /** A sentence for people: what is wrong and what would be right. */
  readonly detail: string;
}

/** What a problem says beside its status. */
export interface ProblemDetails {
  /** Stable, for programs: the last part of `type`. Lower case with hyphens. */
  readonly code: string;
  /** A sentence for people that names the field and the fix. It goes to the caller: no personal data, no internals. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** Headers of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error that is an answer: thrown anywhere in a request it becomes `application/problem+json` (RFC 9457) with
 * `type: urn:laurel:problem:<code>`. Anything else that is thrown becomes a 500 that says nothing.
 */
export class Problem extends HttpException {
  constructor(
    status: number,
    readonly details: ProblemDetails,
    options?: { readonly cause?: unknown },
  ) {
    super(details.detail, status, options);
  }
}
