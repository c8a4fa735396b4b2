import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from '../http/request-context.ts';
import type { Logger } from '../logging/logger.token.ts';
import { traceContext } from '@laurel/messaging';
import { parseTraceparent } from '../tracing/parse-traceparent.ts';
import { explainException } from './explain-exception.ts';
import { writeProblem } from './write-problem.ts';

/** The one place that turns exceptions of HTTP requests into answers. Other transports get theirs back. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    // A consumer has to see the real error, by its class.
    if (host.getType() !== 'http') throw exception;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const context = requestContext.of(request.raw) ?? {};
    const route = request.routeOptions?.url;
    const { status, details, unexpected } = explainException(exception, request.routeOptions?.bodyLimit);
    if (unexpected) {
      traceContext.run(context, () => {
        this.logger.error({ err: exception, method: request.method, route, status }, 'A request failed');
      });
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer is out; only a broken connection tells the caller that the other half is missing.
      reply.raw.destroy();
      return;
    }
    void reply
      .status(status)
      .headers(details.headers ?? {})
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(writeProblem(status, details, parseTraceparent(context.traceparent)?.traceId))));
  }
}
