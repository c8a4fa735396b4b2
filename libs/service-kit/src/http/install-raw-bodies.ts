import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { mediaTypeOf } from './media-type-of.ts';
import type { RawBodyRoute } from './raw-body.decorator.ts';

/**
 * Lets the routes with `@RawBody`, and no others, read bodies that are not JSON: each its own media types up to its own
 * size. Has to be called before routes are added.
 */
export function installRawBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const { rawBody } = (route.config ?? {}) as RawBodyRoute;
    if (!rawBody) return;
    route.bodyLimit = rawBody.maxBytes;
    for (const type of rawBody.mediaTypes) {
      // A parser counts for every route; what the others get of it is refused below.
      if (server.hasContentTypeParser(type)) continue;
      server.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    }
  });

  // Before the body is read: nobody sends megabytes only to hear that they are of the wrong type.
  server.addHook('onRequest', (request, _reply, done) => {
    const { rawBody } = (request.routeOptions.config ?? {}) as RawBodyRoute;
    if (!rawBody) return done();
    const given = mediaTypeOf(request.headers['content-type']);
    const isEmpty = given === undefined && request.headers['transfer-encoding'] === undefined;
    if (isEmpty && Number(request.headers['content-length'] ?? 0) === 0) return done();
    if (given === undefined || !rawBody.mediaTypes.includes(given.type)) return done(unsupported(rawBody.mediaTypes));
    const isText = given.type.startsWith('text/');
    if (isText && given.charset !== undefined && given.charset !== 'utf-8' && given.charset !== 'utf8') {
      return done(unsupported(rawBody.mediaTypes, ' Its text has to be UTF-8.'));
    }
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      return done(unsupported(rawBody.mediaTypes, ' It has to be sent without a content-encoding.'));
    }
    done();
  });

  server.addHook('preValidation', (request, _reply, done) => {
    const { rawBody } = (request.routeOptions.config ?? {}) as RawBodyRoute;
    done(!rawBody && Buffer.isBuffer(request.body) ? unsupported(['application/json']) : undefined);
  });
}

/** 415 that says what the route reads. It does not repeat what was sent. */
function unsupported(mediaTypes: readonly string[], more = ''): Problem {
  return new Problem(415, {
    code: 'unsupported-media-type',
    detail: `This route reads ${mediaTypes.join(' or ')}; the body's Content-Type has to say so.${more}`,
    headers: { accept: mediaTypes.join(', ') },
  });
}
