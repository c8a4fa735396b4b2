import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { explainException } from '../problems/explain-exception.ts';
import { writeProblem } from '../problems/write-problem.ts';
import { clientError } from './client-error.ts';

/** What of the HTTP server a service may choose. */
export interface HttpOptions {
  /** The largest body in bytes; 262,144 if left out, which is what one event may hold. */
  readonly bodyLimit?: number;
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed; nobody's if left out. */
  readonly trustedProxies?: readonly string[];
}

// An id has up to 128 characters; a character takes up to four bytes, and each is three characters when it is encoded.
const maxParamLength = 128 * 4 * 3;

/** Fastify under Nest with our limits: JSON bodies only, bounded in size and in time, and no answer but problem+json for an error. */
export class HttpAdapter extends FastifyAdapter {
  constructor({ bodyLimit = 262_144, trustedProxies = [] }: HttpOptions = {}) {
    super({
      bodyLimit,
      // The whole request must have come by then, so that slow senders do not hold connections.
      requestTimeout: 30_000,
      routerOptions: { maxParamLength },
      trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
      // Answers carry `connection: close` while the server closes; requests that still come are served, not refused.
      return503OnClosing: false,
      frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
        const { status, details } = explainException(error, bodyLimit);
        void reply
          .status(status)
          .header('content-type', 'application/problem+json')
          .send(Buffer.from(JSON.stringify(writeProblem(status, details, undefined))));
      },
      clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => {
        if (error.code === 'ECONNRESET' || socket.destroyed) return;
        const { status, details } = clientError(error.code);
        const body = JSON.stringify(writeProblem(status, details, undefined));
        if (socket.writable) {
          socket.write(
            `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
              `Content-Type: application/problem+json\r\nConnection: close\r\n\r\n${body}`,
          );
        }
        socket.destroy(error);
      },
    });
    // Fastify reads text/plain unasked, and Nest would add forms: this is a JSON API.
    this.getInstance().removeContentTypeParser('text/plain');
  }

  /** Nest would make a plain HttpException of Fastify's errors and lose their codes. */
  override mapException(error: unknown): unknown {
    return error;
  }
}
