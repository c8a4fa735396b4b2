import { StreamableFile } from '@nestjs/common';

/** What handlers use of the answer: a status that is only known when the work is done, and headers. */
export interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/**
 * Answers the content of a version, which never changes: it may be kept for a year, and whoever names it by its hash gets a 304.
 * A design may hold whatever its maker wrote, so a browser is told to run nothing of it (CSP Level 3, section 6.3).
 *
 * @param ifNoneMatch the request's header (RFC 9110, section 13.1.2)
 */
export async function contentReply(
  content: { readonly sha256: string; readonly mediaType: string; readonly read: () => Promise<Buffer> },
  ifNoneMatch: string | undefined,
  reply: Reply,
): Promise<StreamableFile | undefined> {
  const tag = `"${content.sha256}"`;
  reply.header('etag', tag);
  reply.header('cache-control', 'private, max-age=31536000, immutable');
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  const tags = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (tags.includes(tag) || tags.includes('*')) {
    reply.status(304);
    return undefined;
  }
  const bytes = await content.read();
  return new StreamableFile(bytes, { type: content.mediaType, length: bytes.length });
}
