import type { FastifyInstance } from 'fastify';
import { HttpMetrics } from '../metrics/http-metrics.ts';
import { continueTrace } from '../tracing/continue-trace.ts';
import { parseTraceparent } from '../tracing/parse-traceparent.ts';
import { type TraceContext, traceContext } from '@laurel/messaging';
import { installRawBodies } from './install-raw-bodies.ts';
import { requestContext } from './request-context.ts';

// A route may set any of them anew. TLS ends before the service, so whoever ends it sends Strict-Transport-Security.
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const correlation = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Gives every request its trace context (`traceparent` taken over or begun, `x-correlation-id` or else the trace id), its
 * security headers and its line in the metrics, reads raw bodies where a route wants them, and lets keep-alive connections end with their answer once the server closes.
 */
export function installHooks(server: FastifyInstance): void {
  const metrics = new HttpMetrics();
  let isClosing = false;

  server.addHook('onRequest', (request, reply, done) => {
    const traceparent = continueTrace(header(request.headers['traceparent']));
    const given = header(request.headers['x-correlation-id']);
    const correlationId = given && correlation.test(given) ? given : parseTraceparent(traceparent)?.traceId;
    const context: TraceContext = { traceparent, ...(correlationId === undefined ? {} : { correlationId }) };
    requestContext.set(request.raw, context);
    void reply.headers(securityHeaders);
    // Fastify keeps the context over the reading of a body.
    traceContext.run(context, done);
  });
  installRawBodies(server);
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request.method, request.routeOptions.url, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? undefined : value;
}
