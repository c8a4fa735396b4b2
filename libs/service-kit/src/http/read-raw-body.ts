import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { mediaTypeOf } from './media-type-of.ts';

/** A body as it came. */
export interface RawContent {
  /** One of those that the route reads, without parameters. */
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** The bytes as UTF-8 without a byte order mark. Throws a 400 problem when they are not. */
  text(): string;
}

/** The body of a route with `@RawBody`. Throws a 400 problem when there is none. */
export function readRawBody(request: FastifyRequest, mediaTypes: readonly string[]): RawContent {
  const bytes = request.body;
  const mediaType = mediaTypeOf(request.headers['content-type'])?.type;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0 || mediaType === undefined) {
    throw new Problem(400, { code: 'empty-body', detail: `The body is empty; send ${mediaTypes.join(' or ')}.` });
  }
  return { mediaType, bytes, text: () => decoded(bytes) };
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Problem(400, {
      code: 'not-utf-8',
      detail: 'The body is not UTF-8; save the text as UTF-8 and send it again.',
    });
  }
}
