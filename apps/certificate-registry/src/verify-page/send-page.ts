import type { FastifyReply } from 'fastify';
import type { pageDocument } from './page-document.ts';
import { pageHeaders } from './page-headers.ts';

/**
 * Sends a page. A browser puts the headers of a 304 on the page that it has kept: they have to be those of the page.
 *
 * @param isKept whether the reader has this very page already
 */
export function sendPage(
  reply: FastifyReply,
  page: ReturnType<typeof pageDocument>,
  cache: 'no-store' | 'no-cache',
  isKept = false,
): FastifyReply {
  void reply.headers(pageHeaders(page, cache));
  return isKept ? reply.status(304).send() : reply.send(page.body);
}
