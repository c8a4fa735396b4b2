import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesTag } from './matches-tag.ts';

/**
 * The headers of bytes that never change under their tag. They are written only together with the bytes, or with a 304: what tells that
 * there are none may not be kept. Private: they name a person, and no shared cache may outlive an erasure.
 */
export const keptBytes = {
  /** Answers 304 where the caller has them already, and tells so. */
  has(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
    if (!matchesTag(request.headers['if-none-match'], tag)) return false;
    void keptBytes.mark(reply, tag).status(304);
    return true;
  },

  mark(reply: FastifyReply, tag: string): FastifyReply {
    return reply.headers({
      etag: tag,
      'cache-control': 'private, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'x-robots-tag': 'noindex',
    });
  },
};
